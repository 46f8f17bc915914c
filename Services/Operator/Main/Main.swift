import ArgumentParser
import OperatorCLI
import ServiceKit

@main
enum Main {
    static func main() async {
        let arguments = CommandLine.arguments.dropFirst()
        // a service, with the flags, logs and exit codes of one
        if arguments.first == "run" { return await RunCommand.serve(Array(arguments.dropFirst())) }
        await OperatorCommand.main()
    }
}
