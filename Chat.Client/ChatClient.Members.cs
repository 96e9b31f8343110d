using Chat.Client.Connecting;
using Chat.Contracts;

namespace Chat.Client;

public sealed partial class ChatClient
{
    /// <summary>Gives a member another role, or the ownership. Waits for a connection and is repeated over drops.</summary>
    /// <param name="roomId">Where.</param>
    /// <param name="userId">Who.</param>
    /// <param name="role">The new role.</param>
    /// <param name="ct">Ends waiting and repeating.</param>
    /// <exception cref="ChatException">Refused: <see cref="ErrorCode.Forbidden"/>, <see cref="ErrorCode.NotFound"/>.</exception>
    public Task<Member> SetRoleAsync(Guid roomId, Guid userId, MemberRole role, CancellationToken ct = default) =>
        ChangeAsync(hub => hub.SetRole(new SetRole { RoomId = roomId, UserId = userId, Role = role }), ct);

    /// <summary>Takes a member out of a room. Waits for a connection and is repeated over drops.</summary>
    /// <param name="roomId">Where.</param>
    /// <param name="userId">Who.</param>
    /// <param name="reason">Why, for people to read; at most 200 characters, null for nothing.</param>
    /// <param name="ct">Ends waiting and repeating.</param>
    /// <exception cref="ChatException">Refused: <see cref="ErrorCode.Forbidden"/>, <see cref="ErrorCode.NotFound"/>.</exception>
    public Task<Member> KickAsync(Guid roomId, Guid userId, string? reason = null, CancellationToken ct = default) =>
        ChangeAsync(hub => hub.Kick(new KickMember { RoomId = roomId, UserId = userId, Reason = reason }), ct);

    /// <summary>Takes somebody out of a room and keeps it out. Waits for a connection and is repeated over drops.</summary>
    /// <param name="roomId">Where.</param>
    /// <param name="userId">Who.</param>
    /// <param name="time">For how long, whole seconds; null for ever.</param>
    /// <param name="reason">Why, for people to read; at most 200 characters, null for nothing.</param>
    /// <param name="ct">Ends waiting and repeating.</param>
    /// <exception cref="ChatException">Refused: <see cref="ErrorCode.Forbidden"/>, <see cref="ErrorCode.NotFound"/>.</exception>
    public Task<Member> BanAsync(Guid roomId, Guid userId, TimeSpan? time = null, string? reason = null, CancellationToken ct = default)
    {
        var request = new BanMember { RoomId = roomId, UserId = userId, Seconds = (long?)time?.TotalSeconds, Reason = reason };
        return ChangeAsync(hub => hub.Ban(request), ct);
    }

    /// <summary>Lets a banned user come in again. Waits for a connection and is repeated over drops.</summary>
    /// <param name="roomId">Where.</param>
    /// <param name="userId">Who.</param>
    /// <param name="ct">Ends waiting and repeating.</param>
    /// <exception cref="ChatException">Refused: <see cref="ErrorCode.Forbidden"/>, <see cref="ErrorCode.NotFound"/>.</exception>
    public Task<Member> UnbanAsync(Guid roomId, Guid userId, CancellationToken ct = default) =>
        ChangeAsync(hub => hub.Unban(new MemberReference { RoomId = roomId, UserId = userId }), ct);

    /// <summary>Keeps a member from writing. Waits for a connection and is repeated over drops.</summary>
    /// <param name="roomId">Where.</param>
    /// <param name="userId">Who.</param>
    /// <param name="time">For how long, whole seconds; zero to let it write again.</param>
    /// <param name="reason">Why, for people to read; at most 200 characters, null for nothing.</param>
    /// <param name="ct">Ends waiting and repeating.</param>
    /// <exception cref="ChatException">Refused: <see cref="ErrorCode.Forbidden"/>, <see cref="ErrorCode.NotFound"/>.</exception>
    public Task<Member> MuteAsync(Guid roomId, Guid userId, TimeSpan time, string? reason = null, CancellationToken ct = default)
    {
        var request = new MuteMember { RoomId = roomId, UserId = userId, Seconds = (long)time.TotalSeconds, Reason = reason };
        return ChangeAsync(hub => hub.Mute(request), ct);
    }

    /// <summary>Who did what to whom in a room. Waits for a connection and is repeated over drops.</summary>
    /// <param name="request">Which page.</param>
    /// <param name="ct">Ends waiting and repeating.</param>
    /// <exception cref="ChatException">Refused: <see cref="ErrorCode.Forbidden"/>.</exception>
    public Task<AuditPage> ListAuditAsync(ListAudit request, CancellationToken ct = default) =>
        calls.AskAsync(hub => hub.ListAudit(request), ct).OrThrow();

    /// <summary>Invites somebody to a room. Waits for a connection and is repeated over drops.</summary>
    /// <param name="roomId">Where.</param>
    /// <param name="userId">Who.</param>
    /// <param name="ct">Ends waiting and repeating.</param>
    /// <exception cref="ChatException">Refused: <see cref="ErrorCode.Forbidden"/>, <see cref="ErrorCode.NotFound"/>, <see cref="ErrorCode.Banned"/>.</exception>
    public Task<Member> InviteAsync(Guid roomId, Guid userId, CancellationToken ct = default) =>
        ChangeAsync(hub => hub.Invite(new MemberReference { RoomId = roomId, UserId = userId }), ct);

    /// <summary>Takes an invitation back. Waits for a connection and is repeated over drops.</summary>
    /// <param name="roomId">Where.</param>
    /// <param name="userId">Who.</param>
    /// <param name="ct">Ends waiting and repeating.</param>
    /// <exception cref="ChatException">Refused.</exception>
    public Task RevokeInvitationAsync(Guid roomId, Guid userId, CancellationToken ct = default) =>
        calls.AskAsync(hub => hub.RevokeInvitation(new MemberReference { RoomId = roomId, UserId = userId }), ct).OrThrow();

    /// <summary>Turns an invitation of the user down. Waits for a connection and is repeated over drops.</summary>
    /// <param name="roomId">Where.</param>
    /// <param name="ct">Ends waiting and repeating.</param>
    /// <exception cref="ChatException">Refused.</exception>
    public async Task DeclineInvitationAsync(Guid roomId, CancellationToken ct = default)
    {
        await calls.AskAsync(hub => hub.DeclineInvitation(new DeclineInvitation { RoomId = roomId }), ct).OrThrow().ConfigureAwait(false);
        book.Invitations.Remove(roomId);
    }

    /// <summary>Makes a link that lets people in. Waits for a connection; repeated over drops it makes one link.</summary>
    /// <param name="roomId">Where.</param>
    /// <param name="time">For how long, whole seconds; null for 7 days.</param>
    /// <param name="maxUses">How many people may come by it; null for any number.</param>
    /// <param name="ct">Ends waiting and repeating.</param>
    /// <exception cref="ChatException">Refused: <see cref="ErrorCode.Forbidden"/>, <see cref="ErrorCode.Invalid"/>.</exception>
    public Task<InviteLink> CreateInviteLinkAsync(Guid roomId, TimeSpan? time = null, int? maxUses = null, CancellationToken ct = default)
    {
        var request = new CreateInviteLink
        {
            RoomId = roomId,
            LinkId = Guid.CreateVersion7(gear.Time.GetUtcNow()),
            Seconds = (long?)time?.TotalSeconds,
            MaxUses = maxUses,
        };
        return calls.AskAsync(hub => hub.CreateInviteLink(request), ct).OrThrow();
    }

    /// <summary>The links of a room that are still good. Waits for a connection and is repeated over drops.</summary>
    /// <param name="roomId">Where.</param>
    /// <param name="ct">Ends waiting and repeating.</param>
    /// <exception cref="ChatException">Refused: <see cref="ErrorCode.Forbidden"/>.</exception>
    public async Task<IReadOnlyList<InviteLink>> ListInviteLinksAsync(Guid roomId, CancellationToken ct = default) =>
        (await calls.AskAsync(hub => hub.ListInviteLinks(new ListInviteLinks { RoomId = roomId }), ct).OrThrow().ConfigureAwait(false)).Links;

    /// <summary>Ends a link. Waits for a connection and is repeated over drops.</summary>
    /// <param name="roomId">Where.</param>
    /// <param name="linkId">Which.</param>
    /// <param name="ct">Ends waiting and repeating.</param>
    /// <exception cref="ChatException">Refused: <see cref="ErrorCode.Forbidden"/>, <see cref="ErrorCode.NotFound"/>.</exception>
    public Task RevokeInviteLinkAsync(Guid roomId, Guid linkId, CancellationToken ct = default) =>
        calls.AskAsync(hub => hub.RevokeInviteLink(new RevokeInviteLink { RoomId = roomId, LinkId = linkId }), ct).OrThrow();

    /// <summary>The room that a link leads to. Waits for a connection and is repeated over drops.</summary>
    /// <param name="code">The link's code.</param>
    /// <param name="ct">Ends waiting and repeating.</param>
    /// <exception cref="ChatException">Refused: <see cref="ErrorCode.NotFound"/>.</exception>
    public Task<RoomSummary> LookAtInviteAsync(string code, CancellationToken ct = default) =>
        calls.AskAsync(hub => hub.LookAtInvite(new LookAtInvite { Code = code }), ct).OrThrow();
}
