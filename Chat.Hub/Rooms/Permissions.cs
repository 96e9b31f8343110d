using System.Collections.Frozen;
using Chat.Contracts;

namespace Chat.Hub.Rooms;

/// <summary>Who may do what: the one table.</summary>
internal static class Permissions
{
    private const MemberRole Anybody = MemberRole.Member;
    private const MemberRole Moderator = MemberRole.Moderator;
    private const MemberRole Owner = MemberRole.Owner;

    // The lowest role that may, in public, private and direct rooms (null: nobody); whether it must be above the role of whom
    // it is done to; whether an administrator of the server may without being a member; whether it goes on in an archived
    // room, and while one is muted.
    private static readonly FrozenDictionary<Act, Row> Table = new Dictionary<Act, Row>
    {
        [Act.Read] = new(Anybody, Anybody, Anybody, false, false, true, true),
        [Act.Post] = new(Anybody, Anybody, Anybody, false, false, false, false),
        [Act.React] = new(Anybody, Anybody, Anybody, false, false, false, false),
        [Act.EditOwn] = new(Anybody, Anybody, Anybody, false, false, false, false),
        [Act.DeleteOwn] = new(Anybody, Anybody, Anybody, false, false, true, true),
        [Act.DeleteOthers] = new(Moderator, Moderator, null, true, true, true, true),
        [Act.Pin] = new(Moderator, Moderator, Anybody, false, true, false, false),
        [Act.Invite] = new(Anybody, Moderator, null, false, true, false, true),
        [Act.ManageLinks] = new(Moderator, Moderator, null, false, true, false, true),
        [Act.Kick] = new(Moderator, Moderator, null, true, true, true, true),
        [Act.Ban] = new(Moderator, Moderator, null, true, true, true, true),
        [Act.Mute] = new(Moderator, Moderator, null, true, true, true, true),
        [Act.SetRole] = new(Owner, Owner, null, false, true, true, true),
        [Act.Rename] = new(Moderator, Moderator, null, false, true, false, true),
        [Act.SetRules] = new(Owner, Owner, null, false, true, false, true),
        [Act.Archive] = new(Owner, Owner, null, false, true, true, true),
        [Act.Delete] = new(Owner, Owner, null, false, true, true, true),
        [Act.ReadAudit] = new(Moderator, Moderator, null, false, true, true, true),
        [Act.SeeOutsiders] = new(Moderator, Moderator, null, false, true, true, true),
        [Act.ManageWebhooks] = new(Moderator, Moderator, null, false, true, true, true),
    }.ToFrozenDictionary();

    /// <summary>Why somebody may not do it; null when it may.</summary>
    /// <param name="act">What.</param>
    /// <param name="room">Where; null for a room that is not there.</param>
    /// <param name="who">Who asks.</param>
    /// <param name="actor">Its place in the room; null for none.</param>
    /// <param name="now">For mutes that have ended.</param>
    /// <param name="subject">To whom; null where that is nobody.</param>
    public static Error? Check(Act act, Room? room, Speaker who, Member? actor, DateTimeOffset now, Member? subject = null)
    {
        if (room is null or { DeletedAt: not null }) return Refusal.NotFound("room");
        var row = Table[act];
        var isMember = actor is { State: MemberState.Active };
        if (!isMember && !(who.IsAdministrator && row.Administrator))
            return room.Kind is RoomKind.Public ? Refusal.NotAMember : Refusal.NotFound("room");

        var role = who.IsAdministrator && row.Administrator ? Owner : actor!.Role;
        if (row.LowestIn(room.Kind) is not { } lowest)
            return Refusal.Of(ErrorCode.Forbidden, "This cannot be done in a direct room.");
        if (role < lowest)
            return Refusal.Of(ErrorCode.Forbidden, lowest is Owner ? "Only the owner of the room may do this." : "Only moderators of the room may do this.");
        if (row.Outranks && subject is { State: MemberState.Active } && subject.Role >= role)
            return Refusal.Of(ErrorCode.Forbidden, "This can only be done to members below one's own role.");
        if (room.ArchivedAt is not null && !row.WhileArchived)
            return Refusal.Of(ErrorCode.Forbidden, "This room is archived.");
        if (isMember && actor!.MutedUntil > now && !row.WhileMuted)
            return Refusal.Of(ErrorCode.Muted, "You are muted in this room.", actor.MutedUntil - now);
        return null;
    }

    private sealed record Row(
        MemberRole? Public, MemberRole? Private, MemberRole? Direct, bool Outranks, bool Administrator, bool WhileArchived, bool WhileMuted)
    {
        public MemberRole? LowestIn(RoomKind kind) => kind switch
        {
            RoomKind.Public => Public,
            RoomKind.Private => Private,
            _ => Direct,
        };
    }
}
