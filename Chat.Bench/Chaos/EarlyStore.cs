using System.Reflection;
using Chat.Hub.Delivery;
using Chat.Hub.Rooms;
using Chat.Hub.Storage;

namespace Chat.Bench.Chaos;

/// <summary>A store with the bug that records are told before they are committed, and a disk slow enough for it to matter.</summary>
internal class EarlyStore : DispatchProxy
{
    private static readonly TimeSpan SlowDisk = TimeSpan.FromMilliseconds(30);

    private IRoomStore store = null!;
    private Func<Announcer> announcer = null!;

    public static IRoomStore Around(IRoomStore store, Func<Announcer> announcer)
    {
        var early = Create<IRoomStore, EarlyStore>();
        ((EarlyStore)(object)early).store = store;
        ((EarlyStore)(object)early).announcer = announcer;
        return early;
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
    {
        if (targetMethod!.Name is nameof(IRoomStore.Commit)) args![1] = Early((Action<Ledger>)args[1]!);
        return targetMethod.Invoke(store, args);
    }

    private Action<Ledger> Early(Action<Ledger> decide) => ledger =>
    {
        decide(ledger);
        foreach (var room in ledger.Rooms.Where(room => room.Written.Count > 0)) _ = announcer().Announce([.. room.Written]).AsTask();
        Thread.Sleep(SlowDisk);
    };
}
