import KubernetesModel
import Testing

@testable import ControllerRuntime

@Suite struct StoreTests {
    private var store = Store<Item>()
    private func key(_ name: String, _ namespace: String = "default") -> ObjectKey { ObjectKey(namespace: namespace, name: name) }

    private mutating func list(_ items: [Item], version: Int, namespace: String? = nil) -> [Store<Item>.Change] {
        store.beginRelist(namespace)
        for item in items { store.stage(item, namespace) }
        return store.finishRelist(namespace, resourceVersion: "\(version)")
    }

    /// A list replaces what was known in one step: nothing is missing in between, and what it lacks is told as deleted.
    @Test mutating func relistIsASwap() {
        _ = list([Item("a", version: 1), Item("b", version: 2)], version: 5)
        store.beginRelist(nil)
        store.stage(Item("c", version: 9), nil)
        #expect(store[key("a")] != nil && store[key("c")] == nil, "readers see the old state until the new one is whole")
        store.stage(Item("b", version: 2), nil)
        let changes = store.finishRelist(nil, resourceVersion: "10")
        #expect(Set(store.objects.keys) == [key("b"), key("c")])
        #expect(changes.count == 2)
        #expect(changes.contains { $0.old == Item("a", version: 1) && $0.new == nil })
        #expect(changes.contains { $0.old == nil && $0.new == Item("c", version: 9) })
    }

    /// A list that is broken off changes nothing.
    @Test mutating func brokenListIsDropped() {
        _ = list([Item("a", version: 1)], version: 5)
        store.beginRelist(nil)
        store.stage(Item("b", version: 6), nil)
        let changes = list([Item("a", version: 1)], version: 7)
        #expect(changes.isEmpty)
        #expect(Set(store.objects.keys) == [key("a")])
    }

    /// The list of one namespace says nothing about another.
    @Test mutating func namespacesAreApart() {
        _ = list([Item("a", version: 1, namespace: "x")], version: 1, namespace: "x")
        #expect(!store.isSynced(["x", "y"]))
        _ = list([Item("a", version: 2, namespace: "y")], version: 2, namespace: "y")
        #expect(store.isSynced(["x", "y"]))
        _ = list([], version: 3, namespace: "x")
        #expect(Set(store.objects.keys) == [key("a", "y")])
    }

    /// What we wrote is seen at once, and neither an old event nor a list taken before undoes it.
    @Test mutating func ownWritesAreSeen() {
        _ = list([Item("a", version: 1)], version: 5)
        let told = store.observe(written: Item("a", version: 8, value: "mine"))
        #expect(told?.old?.version == 1)
        _ = store.observe(written: Item("b", version: 9, value: "mine"))
        let old = store.apply(Item("a", version: 7, value: "old"))
        #expect(old == nil)
        _ = list([Item("a", version: 7, value: "old")], version: 7)
        #expect(store[key("a")]?.value == "mine")
        #expect(store[key("b")]?.value == "mine")
        let echo = store.apply(Item("a", version: 8, value: "mine"))
        #expect(echo == nil, "its echo is no news")
        _ = list([], version: 20)
        #expect(store.objects.isEmpty, "a later list counts")
    }

    /// After a restore of the server's data, versions go back; the list is the truth.
    @Test mutating func restoredServersAreBelieved() {
        _ = list([Item("a", version: 100, value: "lost"), Item("b", version: 101)], version: 200)
        _ = list([Item("a", version: 40, value: "restored")], version: 50)
        #expect(store[key("a")]?.value == "restored")
        #expect(store[key("b")] == nil)
        _ = store.apply(Item("a", version: 51, value: "new"))
        #expect(store[key("a")]?.value == "new")
    }

    /// What we deleted is not shown any more, though its last events are still on their way; another of its name is.
    @Test mutating func ownDeletionsAreSeen() {
        _ = list([Item("a", version: 1, owner: "o")], version: 5)
        store.observe(deleted: key("a"), uid: "uid-a")
        #expect(store[key("a")] == nil)
        #expect(store.owned(by: "o").isEmpty)
        _ = store.apply(Item("a", version: 6, owner: "o"))
        #expect(store[key("a")] == nil)
        _ = store.apply(Item("a", version: 8, uid: "another", owner: "o"))
        #expect(store[key("a")]?.identity.uid == "another")
    }

    /// The answer to our own write that comes in after the object's end does not bring it back.
    @Test mutating func lateAnswersRaiseNobody() {
        _ = list([Item("a", version: 1)], version: 5)
        _ = store.remove(key("a"), uid: "uid-a", resourceVersion: "9")
        _ = store.observe(written: Item("a", version: 8))
        #expect(store[key("a")] == nil)
    }

    /// An object that lost the label it is selected by leaves, and is back once it has it again.
    @Test mutating func unselectedObjectsMayComeBack() {
        _ = list([Item("a", version: 1)], version: 5)
        _ = store.remove(key("a"), uid: "uid-a", resourceVersion: "9")
        #expect(store[key("a")] == nil)
        _ = store.apply(Item("a", version: 10))
        #expect(store[key("a")] != nil)
        // and our own relabelling is not undone by the event of the loss
        _ = store.observe(written: Item("a", version: 12))
        _ = store.remove(key("a"), uid: "uid-a", resourceVersion: "11")
        #expect(store[key("a")]?.version == 12)
    }

    /// Objects are found by their owner, through changes of owner too.
    @Test mutating func ownersAreIndexed() {
        _ = list([Item("a", version: 1, owner: "x"), Item("b", version: 1, owner: "x"), Item("c", version: 1)], version: 5)
        #expect(store.owned(by: "x").map(\.identity.key.name) == ["a", "b"])
        _ = store.apply(Item("a", version: 6, owner: "y"))
        _ = store.apply(Item("b", version: 7))
        #expect(store.owned(by: "x").isEmpty)
        #expect(store.owned(by: "y").map(\.identity.key.name) == ["a"])
    }
}
