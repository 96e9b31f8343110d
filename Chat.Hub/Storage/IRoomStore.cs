using Chat.Contracts;
using Chat.Hub.Presence;
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

    /// <summary>Who comes, and whether it was in a room at any time; null for nobody.</summary>
    Task<Greeting?> Greet(Guid userId, Guid roomId, CancellationToken cancellation);

    /// <summary>What somebody who comes hears and how it is seen.</summary>
    Task<Coming> ComingOf(Guid userId, CancellationToken cancellation);

    /// <summary>
    /// The records of a room that changed after a version, by version, the first <paramref name="most"/> of them: what a
    /// node tells its own connections that it did not hear of itself.
    /// </summary>
    Task<IReadOnlyList<RoomRecord>> ReadChanges(Guid roomId, long after, int most, CancellationToken cancellation);

    /// <summary>What somebody who has come is told, all from one moment.</summary>
    /// <param name="userId">Who.</param>
    /// <param name="sessionId">The sign-in it came over.</param>
    /// <param name="epoch">The life of the store that the versions are of.</param>
    /// <param name="known">The versions of rooms that it knows.</param>
    /// <param name="cancellation">Ends it.</param>
    Task<Resumed> Resume(Guid userId, Guid sessionId, string epoch, IReadOnlyList<RoomHead> known, CancellationToken cancellation);

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

/// <summary>Somebody at the door.</summary>
/// <param name="User">Who.</param>
/// <param name="WasIn">Whether it was in the room at any time.</param>
internal sealed record Greeting(User User, bool WasIn);

/// <summary>Somebody who comes.</summary>
/// <param name="Rooms">The rooms it is in, each with its head.</param>
/// <param name="Face">What it says of itself.</param>
internal sealed record Coming(IReadOnlyList<RoomHead> Rooms, Face Face);

/// <summary>What somebody who has come is told.</summary>
/// <param name="Rooms">Its rooms, by name, with what changed since the versions it knows.</param>
/// <param name="Invitations">The rooms it is invited to.</param>
/// <param name="Session">The sign-in it came over; null for none.</param>
internal sealed record Resumed(IReadOnlyList<MyRoom> Rooms, IReadOnlyList<Invitation> Invitations, KeptSession? Session);

/// <summary>A read marker as it is now.</summary>
/// <param name="Marker">The marker.</param>
/// <param name="IsMoved">Whether it moved.</param>
/// <param name="Seats">How many members the room has.</param>
internal sealed record MarkedRead(ReadMarker Marker, bool IsMoved, int Seats);
