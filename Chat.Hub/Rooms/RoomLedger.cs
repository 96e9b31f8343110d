using Chat.Contracts;

namespace Chat.Hub.Rooms;

/// <summary>One room under its lock: gives the numbers, and gathers what is to be written.</summary>
internal sealed class RoomLedger(Ledger ledger, Guid roomId)
{
    private readonly Dictionary<object, RoomRecord> last = [];

    public Guid RoomId => roomId;

    public Ledger Ledger => ledger;

    /// <summary>Null while the room does not exist.</summary>
    public Room? Room { get; set; }

    public long Head { get; set; }

    /// <summary>How many members are in it.</summary>
    public int Seats { get; set; }

    /// <summary>Since when nobody is in it; null while somebody is.</summary>
    public DateTimeOffset? EmptySince { get; set; }

    /// <summary>Of the password that joining asks for; null for none.</summary>
    public string? PasswordHash { get; set; }

    /// <summary>Messages that are pinned, where a change asked for it.</summary>
    public int Pins { get; set; }

    public Dictionary<Guid, Member> Members { get; } = [];

    /// <summary>The messages that changes asked for, and those they wrote.</summary>
    public Dictionary<long, Message> Messages { get; } = [];

    /// <summary>What was appended, by version.</summary>
    public List<RoomRecord> Written { get; } = [];

    /// <summary>Each record that was appended, in its last form: what a store has to keep.</summary>
    public IReadOnlyCollection<RoomRecord> Final => last.Values;

    /// <summary>Messages that were posted.</summary>
    public HashSet<long> Added { get; } = [];

    /// <summary>Messages that say something else than before, or are new: what a search has to learn.</summary>
    public HashSet<long> Retold { get; } = [];

    public List<AuditEntry> Trail { get; } = [];

    public List<PastText> Past { get; } = [];

    /// <summary>Links that were made, used or ended, in their last form.</summary>
    public Dictionary<Guid, InviteLink> Links { get; } = [];

    /// <summary>Whether there is anything to write.</summary>
    public bool IsChanged => Written.Count + Trail.Count + Links.Count > 0;

    /// <summary>What was asked for under the message's id; null for a message without one.</summary>
    public Fingerprint? FingerprintOf(Message message) =>
        message is { AuthorId: { } author, ClientMessageId: { } id } && ledger.Posted.TryGetValue((author, id), out var posted) ? posted.Fingerprint : null;

    /// <summary>The room's outgoing webhooks.</summary>
    public List<WebhookListener> Listeners { get; } = [];

    /// <summary>What they are to be told of what was appended.</summary>
    public List<Tiding> Tidings { get; } = [];

    public Member? ActiveMember(Guid userId) =>
        Members.GetValueOrDefault(userId) is { State: MemberState.Active } member ? member : null;

    /// <summary>The member who is there longest in the highest role, but for one; null where nobody is, or who it is was not asked for.</summary>
    public Member? HeirOf(Guid userId) => Members.Values
        .Where(member => member.State is MemberState.Active && member.UserId != userId)
        .OrderByDescending(member => member.Role).ThenBy(member => member.JoinedAt).ThenBy(member => member.UserId).FirstOrDefault();

    /// <summary>Carries a decision out.</summary>
    /// <returns>The records it appended.</returns>
    public IReadOnlyList<RoomRecord> Carry(Decision decision)
    {
        // Before its record, which says whether there is one.
        if (decision.Password is { } password) PasswordHash = password.Hash;
        RoomRecord[] appended = [.. decision.Drafts.Select(Append)];
        if (decision.Trail is { } entry) Trail.Add(entry);
        if (decision.Past is { } past) Past.Add(past);
        if (decision.Link is { } link) ledger.Links[link.Id] = Links[link.Id] = link;
        return appended;
    }

    /// <summary>Gives the record the room's next number.</summary>
    public RoomRecord Append(RoomRecord draft)
    {
        var version = ++Head;
        RoomRecord record = draft switch
        {
            Message { Seq: 0 } message => message with { Seq = version, Version = version },
            _ => draft with { Version = version },
        };
        if (Listeners.Count > 0) Tidings.AddRange(WebhookTidings.Of(record, record is Message { Seq: var seq } ? Messages.GetValueOrDefault(seq) : null, Listeners, ledger.Now));
        Remember(record);
        Written.Add(record);
        return record;
    }

    private void Remember(RoomRecord record)
    {
        switch (record)
        {
            case Room room:
                last[roomId] = Room = room;
                if (room.DeletedAt is not null) Members.Clear();
                if (room is { Kind: RoomKind.Public, DeletedAt: null }) ledger.RoomNames.Add(Names.Key(room.Name));
                break;
            case Member member:
                Remember(member);
                break;
            case Message message:
                Remember(message);
                break;
        }
    }

    private void Remember(Member member)
    {
        Seats += (member.State is MemberState.Active ? 1 : 0) - (ActiveMember(member.UserId) is null ? 0 : 1);
        EmptySince = Seats > 0 ? null : EmptySince ?? member.LeftAt;
        last[member.UserId] = Members[member.UserId] = member;
    }

    private void Remember(Message message)
    {
        var before = Messages.GetValueOrDefault(message.Seq);
        Pins += (message.PinnedAt is null ? 0 : 1) - (before?.PinnedAt is null ? 0 : 1);
        if (before is null || before.Text != message.Text || before.DeletedAt != message.DeletedAt) Retold.Add(message.Seq);
        last[message.Seq] = Messages[message.Seq] = message;
        if (message.Version == message.Seq)
        {
            Added.Add(message.Seq);
            ledger.Files.Posted(message);
        }
        if (message.DeletedAt is { } at && before is { DeletedAt: null, Attachments.Count: > 0 }) ledger.Files.Freed.Add((roomId, message.Seq, at));
        if (message is not { AuthorId: { } author, ClientMessageId: { } id }) return;
        // What was asked for under the id is what was posted; later forms answer the same request.
        if (message.Version == message.Seq) ledger.Posted[(author, id)] = new Posted(message, Fingerprint.Of(message));
        else if (ledger.Posted.TryGetValue((author, id), out var posted)) ledger.Posted[(author, id)] = posted with { Message = message };
    }
}
