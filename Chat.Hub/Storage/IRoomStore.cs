using Chat.Contracts;
using Chat.Hub.Rooms;

namespace Chat.Hub.Storage;

/// <summary>
/// Remembers rooms, members, messages and users. Every method throws <see cref="StoreUnavailableException"/> when the
/// disk or the database is away.
/// </summary>
internal interface IRoomStore
{
    /// <summary>Names the life of this store; another one after a backup was restored.</summary>
    string Epoch { get; }

    /// <summary>Locks the rooms, reads what is needed, lets the rules decide, writes what they gathered, commits.</summary>
    /// <exception cref="RoomsLockedException">Another node holds one of the rooms for too long; nothing was written.</exception>
    Task Commit(Needs needs, Action<Ledger> decide);

    Task<Member?> FindMember(Guid roomId, Guid userId, CancellationToken cancellation);

    /// <summary>The rooms that the user is in, each with its head.</summary>
    Task<IReadOnlyList<RoomHead>> RoomsOf(Guid userId, CancellationToken cancellation);

    /// <summary>
    /// The records of a room that changed after a version, by version, the first <paramref name="most"/> of them: what a
    /// node tells its own connections that it did not hear of itself.
    /// </summary>
    Task<IReadOnlyList<RoomRecord>> ReadChanges(Guid roomId, long after, int most, CancellationToken cancellation);

    /// <summary>The rooms of the user, with what changed since the versions it knows, all from one moment.</summary>
    Task<IReadOnlyList<MyRoom>> Resume(Guid userId, string epoch, IReadOnlyList<RoomHead> known, CancellationToken cancellation);

    /// <summary>One room of the user as <see cref="Resume"/> tells it; null when the user is not in it.</summary>
    Task<RoomEntry?> Enter(Guid roomId, Guid userId, CancellationToken cancellation);

    Task<RoomSync> Sync(SyncRoom request, CancellationToken cancellation);

    Task<History> ReadHistory(GetHistory request, CancellationToken cancellation);

    Task<RoomPage> ListRooms(Guid userId, ListRooms request, CancellationToken cancellation);

    /// <summary>A page of the members in the room; presence is not the store's to know.</summary>
    Task<MemberPage> ListMembers(ListMembers request, CancellationToken cancellation);

    Task<MarkedRead> MarkRead(Guid userId, MarkRead request, CancellationToken cancellation);

    Task<User?> FindUser(Guid userId, CancellationToken cancellation);

    /// <summary>An account and the hash of its password, by name in any case.</summary>
    Task<(User User, string PasswordHash)?> FindAccount(string name, CancellationToken cancellation);

    /// <summary>The user that somebody of the embedding product is here.</summary>
    Task<User?> FindExternal(string externalId, CancellationToken cancellation);

    /// <summary>Adds a user; the first account becomes the administrator. Null when the name or the external id is taken.</summary>
    Task<User?> AddUser(User user, string? passwordHash, string? externalId, CancellationToken cancellation);

    /// <summary>Throws when a write would fail now.</summary>
    Task Probe(CancellationToken cancellation);
}

/// <summary>A read marker as it is now.</summary>
/// <param name="Marker">The marker.</param>
/// <param name="IsMoved">Whether it moved.</param>
/// <param name="Seats">How many members the room has.</param>
internal sealed record MarkedRead(ReadMarker Marker, bool IsMoved, int Seats);
