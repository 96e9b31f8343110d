using Chat.Contracts;

namespace Chat.Hub.Rooms;

/// <summary>One room under its lock: gives the numbers, and gathers what is to be written.</summary>
internal sealed class RoomLedger(Ledger ledger, Guid roomId)
{
    public Guid RoomId => roomId;

    public Ledger Ledger => ledger;

    /// <summary>Null while the room does not exist.</summary>
    public Room? Room { get; set; }

    public long Head { get; set; }

    /// <summary>How many members are in it.</summary>
    public int Seats { get; set; }

    public Dictionary<Guid, Member> Members { get; } = [];

    /// <summary>The messages that changes asked for, and those they wrote.</summary>
    public Dictionary<long, Message> Messages { get; } = [];

    /// <summary>What is to be written, by version.</summary>
    public List<RoomRecord> Written { get; } = [];

    /// <summary>The room's outgoing webhooks.</summary>
    public List<WebhookListener> Listeners { get; } = [];

    /// <summary>What they are to be told of what was appended.</summary>
    public List<Tiding> Tidings { get; } = [];

    public Member? ActiveMember(Guid userId) =>
        Members.GetValueOrDefault(userId) is { State: MemberState.Active } member ? member : null;

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
                Room = room;
                if (room.Kind is RoomKind.Public) ledger.RoomNames.Add(Names.Key(room.Name));
                break;
            case Member member:
                Seats += (member.State is MemberState.Active ? 1 : 0) - (ActiveMember(member.UserId) is null ? 0 : 1);
                Members[member.UserId] = member;
                break;
            case Message message:
                Messages[message.Seq] = message;
                if (message is not { AuthorId: { } author, ClientMessageId: { } id }) break;
                // What was asked for under the id is what was posted; later forms answer the same request.
                if (message.Version == message.Seq) ledger.Posted[(author, id)] = new Posted(message, Fingerprint.Of(message));
                else if (ledger.Posted.TryGetValue((author, id), out var posted)) ledger.Posted[(author, id)] = posted with { Message = message };
                break;
        }
    }
}
