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

    public HashSet<long> MessageSeqs { get; } = [];

    /// <summary>What is to be written, by version.</summary>
    public List<RoomRecord> Written { get; } = [];

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
                MessageSeqs.Add(message.Seq);
                if (message is { AuthorId: { } author, ClientMessageId: { } id })
                    ledger.Posted[(author, id)] = new Posted(message, Fingerprint.Of(message));
                break;
        }
    }
}
