using Chat.Contracts;

namespace Chat.Tests.Client.Sequencing;

/// <summary>A room as the server holds it, small enough to compare with: it changes, answers syncs, and may be restored from a backup.</summary>
internal sealed class RoomTruth(Random random)
{
    private const int SyncAtMost = 8;

    public static readonly Guid RoomId = new("11111111-1111-1111-1111-111111111111");

    private Dictionary<Guid, RoomRecord> backup = [];
    private int lives;

    public Dictionary<Guid, RoomRecord> Records { get; private set; } = new() { [RoomId] = Some.Room(RoomId, version: 1) };

    public string Epoch { get; private set; } = "first";

    public long Head => Records.Values.Max(record => record.Version);

    /// <summary>A new message, or another version of something that is there.</summary>
    public RoomRecord Change()
    {
        var next = Head + 1;
        var known = Records.Values.ElementAt(random.Next(Records.Count));
        RoomRecord record = random.Next(3) > 0 ? Some.Message(RoomId, next)
            : random.Next(4) == 0 ? Some.Member(RoomId, next)
            : known with { Version = next };
        Records[Key(record)] = record;
        return record;
    }

    /// <summary>Somebody posts; the same again is the same message.</summary>
    public Message Post(SendMessage request, Guid author)
    {
        if (Records.Values.OfType<Message>().FirstOrDefault(m => m.ClientMessageId == request.ClientMessageId) is { } known) return known;
        var message = Some.Message(RoomId, Head + 1, author: author) with { ClientMessageId = request.ClientMessageId, Text = request.Text };
        Records[message.Id] = message;
        return message;
    }

    public RoomSync Answer(SyncRoom question)
    {
        var changed = Records.Values.Where(record => record.Version > question.Version).ToList();
        var isReset = question.Epoch != Epoch || changed.Count > SyncAtMost;
        return Some.Sync(RoomId, Epoch, Head, isReset, isReset ? Records.Values : changed);
    }

    public void BackUp() => backup = new(Records);

    /// <param name="isTold">Whether the store takes another epoch, as it should.</param>
    public void Restore(bool isTold)
    {
        Records = backup.Count > 0 ? new(backup) : Records;
        if (isTold) Epoch = $"life {++lives}";
    }

    public static Guid Key(RoomRecord record) => record switch
    {
        Message message => message.Id,
        Member member => member.UserId,
        _ => record.RoomId,
    };
}
