using Chat.Contracts;

namespace Chat.Client;

/// <summary>Something of a room changed.</summary>
/// <param name="RoomId">The room.</param>
public abstract record RoomChange(Guid RoomId);

/// <summary>A message was posted (its version is its <see cref="Contracts.Message.Seq"/>, unless it was changed while the client was away), edited, deleted or reacted to; in threads too.</summary>
/// <param name="Message">As it is now.</param>
public sealed record MessageChange(Message Message) : RoomChange(Message.RoomId);

/// <summary>Somebody came, left, or has another role or name.</summary>
/// <param name="Member">As it is now.</param>
public sealed record MemberChange(Member Member) : RoomChange(Member.RoomId);

/// <summary>The room's name, topic or rules changed.</summary>
/// <param name="Room">As it is now.</param>
public sealed record RoomInfoChange(Room Room) : RoomChange(Room.RoomId);

/// <summary>
/// More changed than is told one by one, or was read in time: everything of the <see cref="ChatRoom"/> is to be read anew. It
/// stands where those changes would have been.
/// </summary>
/// <param name="RoomId">The room.</param>
public sealed record RoomReset(Guid RoomId) : RoomChange(RoomId);
