using Chat.Contracts;
using Chat.Hub.Rooms;

namespace Chat.Hub.Storage;

/// <summary>
/// What rooms hold beside their timeline, a page at a time. Every method throws <see cref="StoreUnavailableException"/> when
/// the disk or the database is away. Whether the asker may see it is not asked here.
/// </summary>
internal interface IRoomPages
{
    /// <summary>A room as one user sees it; null for none.</summary>
    Task<SeenRoom?> FindRoom(Guid roomId, Guid userId, CancellationToken cancellation);

    /// <summary>How many rooms somebody is in: direct ones, and others.</summary>
    Task<(int Direct, int Others)> CountRooms(Guid userId, CancellationToken cancellation);

    /// <summary>The rooms that the user is invited to, the latest 100.</summary>
    Task<IReadOnlyList<Invitation>> InvitationsOf(Guid userId, CancellationToken cancellation);

    /// <summary>Why rooms that the user knew are not its own any more: deleted, and memberships that ended.</summary>
    Task<(IReadOnlyList<RoomDeleted> Deleted, IReadOnlyList<Member> Ended)> WhyGone(Guid userId, IReadOnlyList<Guid> roomIds, CancellationToken cancellation);

    /// <summary>The links of a room that are good at that time, the latest first; without their codes.</summary>
    Task<IReadOnlyList<InviteLink>> ListLinks(Guid roomId, DateTimeOffset now, CancellationToken cancellation);

    Task<InviteLink?> FindLink(Guid linkId, CancellationToken cancellation);

    Task<AuditPage> ListAudit(ListAudit request, CancellationToken cancellation);

    Task<Message?> FindMessage(MessagePlace place, CancellationToken cancellation);

    Task<MessageList> ListPins(Guid roomId, CancellationToken cancellation);

    /// <summary>What a message said before, oldest first, the latest 99.</summary>
    Task<IReadOnlyList<EditedText>> EditsOf(MessagePlace place, CancellationToken cancellation);

    /// <summary>How far the members of a room have read; empty where there are more than so many.</summary>
    Task<ReaderList> ListReaders(Guid roomId, int most, CancellationToken cancellation);

    /// <summary>The members whose names have these keys.</summary>
    Task<IReadOnlyDictionary<string, Guid>> MembersNamed(Guid roomId, IReadOnlyCollection<string> nameKeys, CancellationToken cancellation);

    /// <summary>Messages of the user's rooms that have all the beginnings among their words, newest first, with their places in that order.</summary>
    Task<IReadOnlyList<Hit>> Search(Guid userId, Search search, CancellationToken cancellation);

    /// <summary>The messages beside each of these, in its thread or in none.</summary>
    Task<IReadOnlyList<(Message? Before, Message? After)>> Beside(IReadOnlyList<Message> messages, CancellationToken cancellation);
}

/// <summary>What is looked for.</summary>
/// <param name="Beginnings">Of words, as <see cref="SearchWords"/> writes them; empty for any.</param>
/// <param name="RoomId">In this room; null for all of the user's.</param>
/// <param name="AuthorId">By this user; null for anybody.</param>
/// <param name="MentionsMe">Only what calls the user.</param>
/// <param name="Before">Only places below this one; null from the top.</param>
/// <param name="Most">How many.</param>
internal sealed record Search(IReadOnlyList<string> Beginnings, Guid? RoomId, Guid? AuthorId, bool MentionsMe, long? Before, int Most);

/// <summary>A message that was found, and its place in the order of all.</summary>
internal sealed record Hit(long Place, Message Message);

/// <summary>A room as one user sees it.</summary>
/// <param name="Room">The room.</param>
/// <param name="Seats">How many members it has.</param>
/// <param name="Mine">The user's place in it; null for none.</param>
/// <param name="PasswordHash">Of the password that joining asks for; null for none.</param>
internal sealed record SeenRoom(Room Room, int Seats, Member? Mine, string? PasswordHash)
{
    public bool IsMember => Mine is { State: MemberState.Active };

    public RoomSummary Summary => new() { Room = Room, MemberCount = Seats, IsMember = IsMember };
}
