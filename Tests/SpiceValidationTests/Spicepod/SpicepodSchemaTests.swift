import JSON
import SpiceTypes
import Testing

/// A Spicepod is held against the schema of its version; what is told names the place in it.
@Suite struct SpicepodSchemaTests {
    @Test(arguments: [
        (
            "{datasets: [{from: a, name: a}, {from: b, name: b}, {from: c, name: c, acceleration: {refresh_mode: ful}}]}",
            #"datasets[2].acceleration.refresh_mode: "ful" is not one of full, append, changes, caching; did you mean "full"?"#
        ),
        (
            "{datasets: [{from: c, name: c, acceleration: {mode: elsewhere}}]}",
            #"datasets[0].acceleration.mode: "elsewhere" is not one of memory, file, file_create, file_update"#
        ),
        ("{datasets: [{name: orders}]}", "datasets[0].from: is missing; give a string"),
        ("{datasets: [{from: null, name: orders}]}", "datasets[0].from: is missing; give a string"),
        ("{datasets: [{from: a, name: 7}]}", "datasets[0].name: is an integer; give a string"),
        ("{datasets: {name: orders}}", "datasets: is an object; give a list"),
        ("{datasets: [null]}", "datasets[0]: is null; give an object"),
        ("{datasets: [orders]}", "datasets[0]: is a string; give an object"),
        (
            "{datasets: [{from: a, name: a, acceleration: {enabled: 'yes'}}]}",
            "datasets[0].acceleration.enabled: is a string; give true or false"
        ),
        (
            "{datasets: [{from: a, name: a, acceleration: {refresh_retry_max_attempts: -1}}]}",
            "datasets[0].acceleration.refresh_retry_max_attempts: is an integer; give an integer of 0 or more"
        ),
        (
            "{datasets: [{from: a, name: a, params: {a.b: [1]}}]}",
            "datasets[0].params[a.b]: is a list; give a string, number or boolean"
        ),
        (
            "{datasets: [{from: a, name: a, acceleration: {on_conflict: {id: upset}}}]}",
            "datasets[0].acceleration.on_conflict.id: \"upset\" is not one of drop, upsert, upsert_dedup, upsert_dedup_by_row_id; "
                + "did you mean \"upsert\"?"
        ),
        ("{runtime: {params: {a: 1}}}", "runtime.params.a: is an integer; give a string"),
        ("{runtime: {tls: {certificate: x}}}", "runtime.tls.enabled: is missing; give true or false"),
        ("{runtime: {scheduler: {state_location: 7}}}", "runtime.scheduler.state_location: is an integer; give a string"),
        ("{runtime: {auth: {api_key: {keys: [[a]]}}}}", "runtime.auth.api_key.keys[0]: is a list; give a string or an object"),
        (
            "{search_engines: [{name: a, from: b, kind: vectro}]}",
            "search_engines[0].kind: \"vectro\" is not one of vector, text, graph; did you mean \"vector\"?"
        ),
        (
            "{search_engines: [{name: a, from: b, kind: [text, 1]}]}",
            "search_engines[0].kind[1]: is an integer; give one of vector, text, graph"
        ),
        ("{models: [{ref: models/a, dependsOn: b}]}", "models[0].dependsOn: is a string; give a list"),
        ("{models: [{ref: 1}]}", "models[0].from: is missing; give a string"),
        ("{kind: spicepod}", "kind: \"spicepod\" is not one of Spicepod; did you mean \"Spicepod\"?"),
        ("{name: null}", "name: is missing; give a string"),
    ])
    func tells(members: String, problem: String) throws {
        let told = Sample.told(try Sample.spicepod(members)).filter { $0.hasPrefix("spicepod-schema") }
        #expect(told.first == "spicepod-schema: spec.spicepod.\(problem)")
    }

    @Test(arguments: [
        "{}", "{datasets: []}", "{datasets: null, models: null}", "{metadata: {anything: [goes, {here: 1}]}}",
        "{datasets: [{ref: datasets/orders, dependsOn: [a]}]}",
        "{datasets: [{from: 'postgres:public.orders', name: orders, params: {pg_host: h, pg_port: 5432, ssl: false}}]}",
        "{datasets: [{from: a, name: a, acceleration: {engine: anything, indexes: {id: unique}, partition_by: [a, {b: c}]}}]}",
        "{runtime: {auth: {api_key: {keys: ['${ env:KEY }:rw', {ReadOnly: {key: k}}]}}, telemetry: {properties: {a: b}}}}",
        "{models: [{from: 'openai:gpt-4o', name: gpt, params: {tools: auto, nested: {a: [1]}}}]}",
        "{search_engines: [{name: a, from: b, kind: [text, vector]}, {name: c, from: d, kind: graph}]}",
        "{functions: [{name: f, from: sql, signature: {args: [{name: x, type: int64}], returns: int64}, body: '42'}]}",
        "{workers: [{name: w, load_balance: {routing: [{from: a, weight: 1}]}}], extensions: {e: {params: {a: b}}}}",
        "{views: [{name: v, sql: 'SELECT 1'}], secrets: [{from: env, name: env}], tools: [{from: mcp, name: t, env: {A: b}}]}",
    ])
    func leavesWhatIsRight(members: String) throws {
        #expect(Sample.told(try Sample.spicepod(members)) == [])
    }

    /// A value may be a secret; its type is told, never itself.
    @Test func showsNoValues() throws {
        let told = Sample.told(
            try Sample.spicepod("{runtime: {auth: {api_key: {keys: [1234]}}, params: {p: 5678}}, management: {api_key: [hush]}}"))
        #expect(told.count == 3)
        #expect(told.allSatisfy { !$0.contains("1234") && !$0.contains("5678") && !$0.contains("hush") })
    }
}
