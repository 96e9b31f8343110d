using Chat.Contracts;
using Chat.Hub.Delivery;
using Chat.Hub.Rooms;

namespace Chat.Hub.Storage;

/// <summary>A change on its way through the log.</summary>
/// <param name="change">What.</param>
/// <param name="line">Where it is answered; null where there is no line, or nobody waits.</param>
internal sealed class PendingChange(RoomChange change, DirectLine? line = null)
{
    private readonly TaskCompletionSource<Reply<Written>> answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Reply<Written> decided = new();
    private Exception? broken;
    private bool hasBegun;

    public RoomChange Change => change;

    public Task<Reply<Written>> Answer => answer.Task;

    /// <summary>What the change added to the room.</summary>
    public IReadOnlyList<RoomRecord> NewRecords { get; private set; } = [];

    /// <summary>Done when this node's connections know; null when nobody needs to wait for that.</summary>
    public Task? Told { get; set; }

    public void Decide(Ledger ledger, DateTimeOffset now)
    {
        NewRecords = [];
        broken = null;
        try
        {
            var room = ledger.Room(change.RoomId);
            var decision = change.Decide(room, now);
            NewRecords = room.Carry(decision);
            decided = decision.Refusal is { } refusal ? refusal : new Written([.. decision.Before, .. NewRecords]);
        }
        catch (Exception e)
        {
            // A rule that breaks is the bug of this change alone; the others of the commit go on.
            broken = e;
        }
    }

    /// <summary>It is on disk, and will be answered as soon as it is told.</summary>
    public void BeginAnswer()
    {
        if (line is null || NewRecords is not [Message]) return;
        hasBegun = true;
        line.BeginAnswer();
    }

    /// <summary>The answer is on its way.</summary>
    public void EndAnswer()
    {
        if (hasBegun) line!.EndAnswer();
    }

    public void Complete()
    {
        if (broken is null) answer.TrySetResult(decided);
        else answer.TrySetException(broken);
    }

    public void Refuse(Error refusal) => answer.TrySetResult(refusal);

    public void Fail(Exception exception) => answer.TrySetException(exception);
}
