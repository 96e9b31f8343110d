using System.Security.Cryptography;
using System.Text;
using Chat.Contracts;

namespace Chat.Bench.Checking;

/// <summary>What is in the store: read from the database itself, not through the server that is being checked.</summary>
internal sealed record StoredHistory(IReadOnlyList<StoredRoom> Rooms, IReadOnlyList<StoredMember> Members, IReadOnlyList<StoredMessage> Messages)
{
    public IReadOnlyDictionary<Guid, long> Heads { get; } = Rooms.ToDictionary(room => room.RoomId, room => room.Head);

    /// <summary>Every version that some record has.</summary>
    public IEnumerable<(Guid RoomId, long Version)> Versions =>
        Rooms.Select(room => (room.RoomId, room.Version))
            .Concat(Members.Select(member => (member.RoomId, member.Version)))
            .Concat(Messages.Select(message => (message.RoomId, message.Version)));
}

/// <summary>A room as stored.</summary>
internal sealed record StoredRoom(Guid RoomId, string Name, string Topic, long Version, long Head);

/// <summary>A member as stored, or as a client shows it.</summary>
internal sealed record StoredMember(Guid RoomId, Guid UserId, string Name, bool IsActive, long Version)
{
    public static StoredMember Of(Member member) =>
        new(member.RoomId, member.UserId, member.Name, member.State is MemberState.Active, member.Version);
}

/// <summary>A message as stored, or as a client shows it.</summary>
internal sealed record StoredMessage(Guid RoomId, long Seq, long Version, Guid Id, Guid? AuthorId, Guid? ClientMessageId, bool IsSystem, string Text)
{
    private const int LongText = 200;

    public static StoredMessage Of(Message message) => new(
        message.RoomId, message.Seq, message.Version, message.Id, message.AuthorId, message.ClientMessageId,
        message.Kind is MessageKind.System, Brief(message.Text));

    /// <summary>A long text as its hash: equal when the texts are, and light to keep and to report.</summary>
    public static string Brief(string text) =>
        text.Length <= LongText ? text : "sha256:" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
