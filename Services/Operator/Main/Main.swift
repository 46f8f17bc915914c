import ArgumentParser
import OperatorCLI

@main
enum Main {
    static func main() async {
        await OperatorCommand.main()
    }
}
