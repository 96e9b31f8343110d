using Chat.Contracts;
using Chat.Hub.Nodes;
using Chat.Hub.Rooms;
using Chat.Hub.SignIn;
using Chat.Hub.Storage;
using Refuse = Chat.Hub.Rooms.Refusal;

namespace Chat.Hub.Hubs;

/// <summary>How people come into rooms: made, open, by password, by link, by invitation, directly.</summary>
internal sealed class Entrance(RoomLog log, IRoomStore store, IRoomPages pages, RoomPasswords passwords, SigningKey key, Reach reach)
{
    public Task<Reply<RoomEntry>> Create(Speaker who, CreateRoom request, CancellationToken cancellation) =>
        request.Password is not null && passwords.Try(who.UserId, Guid.Empty) is { } wait
            ? Task.FromResult<Reply<RoomEntry>>(wait)
            : Enter(who, new FoundRoom(who, request, passwords.Hash(request.Password)), cancellation);

    public async Task<Reply<Room>> Update(Speaker who, UpdateRoom request, CancellationToken cancellation)
    {
        if (request.Password is { Length: > 0 } && passwords.Try(who.UserId, Guid.Empty) is { } wait) return wait;
        var seen = await pages.FindRoom(request.RoomId, who.UserId, cancellation);
        // Made public, it needs a name that no other has: it must be named to be looked for.
        if (request is { Kind: RoomKind.Public, Name: null } && seen is { Room.Kind: not RoomKind.Public }) request = request with { Name = seen.Room.Name };
        // The password that it has already, again after a lost answer. Only for who may set it: it would answer guesses.
        if (request.Password is { Length: > 0 } given && seen is { PasswordHash: { } hash }
            && Permissions.Check(Act.SetRules, seen.Room, who, seen.Mine, default) is null && passwords.IsRight(hash, given))
            request = request with { Password = null, IsTemporary = request.IsTemporary ?? seen.Room.IsTemporary };
        var written = await log.Write(new ChangeRoom(who, request, passwords.Hash(request.Password)), cancellation);
        return written.Error is { } refusal ? refusal : (Room)written.Result!.Records[0];
    }

    public async Task<Reply<RoomEntry>> Join(Speaker who, JoinRoom request, CancellationToken cancellation)
    {
        var link = request.InviteCode is { } code ? InviteLinks.Read(code, key.Security.Key) : null;
        if (request.InviteCode is not null && link is null) return Refuse.NotFound("invite link");
        string? proven = null;
        if (request.Password is { } password && link is null
            && await pages.FindRoom(request.RoomId, who.UserId, cancellation) is { IsMember: false, PasswordHash: { } hash, Room.Kind: RoomKind.Public })
        {
            if (passwords.Try(who.UserId, request.RoomId) is { } wait) return wait;
            if (!passwords.IsRight(hash, password)) return Refuse.Of(ErrorCode.WrongPassword, "This is not the room's password.");
            proven = hash;
        }
        return await Enter(who, new EnterRoom(who, request.RoomId, proven, link), cancellation);
    }

    public async Task<Reply<RoomEntry>> Meet(Speaker who, OpenDirect request, CancellationToken cancellation)
    {
        var between = DirectRooms.Between([who.UserId, .. request.UserIds]);
        if (between.Count > DirectRooms.MostPeople) return Refuse.Invalid("userIds", $"at most {DirectRooms.MostPeople - 1} others.");
        var people = new List<User>();
        foreach (var id in between)
        {
            if (await store.FindUser(id, cancellation) is not { } person) return Refuse.NotFound("user");
            people.Add(person);
        }
        return await Enter(who, new MeetDirectly(who, people), cancellation);
    }

    public async Task<Reply<Member>> Invite(Speaker who, MemberReference request, CancellationToken cancellation)
    {
        if (await store.FindUser(request.UserId, cancellation) is not { } guest) return Refuse.NotFound("user");
        var written = await log.Write(new InviteMember(who, request.RoomId, guest), cancellation);
        if (written.Error is { } refusal) return refusal;
        var member = (Member)written.Result!.Records[0];
        // Told again with a repeat, which may come because the first telling failed.
        if (member.State is MemberState.Invited)
        {
            var invitation = (await pages.InvitationsOf(guest.Id, cancellation)).FirstOrDefault(one => one.Room.Room.RoomId == request.RoomId);
            if (invitation is not null) await reach.Give(new Order { UserId = guest.Id, Invitation = invitation });
        }
        return member;
    }

    public async Task<Reply> EndInvitation(Speaker who, Guid roomId, Guid guestId, CancellationToken cancellation)
    {
        var written = await log.Write(new EndInvitation(who, roomId, guestId), cancellation);
        if (written.Error is { } refusal) return refusal;
        await reach.Give(new Order { UserId = guestId, InvitationEnded = new InvitationEnded { RoomId = roomId } });
        return Reply.Done;
    }

    public async Task<Reply<InviteLink>> MakeLink(Speaker who, CreateInviteLink request, CancellationToken cancellation)
    {
        var written = await log.Write(new MakeLink(who, request), cancellation);
        if (written.Error is { } refusal) return refusal;
        return WithCode((await pages.FindLink(request.LinkId, cancellation))!);
    }

    /// <summary>The link with the code that people pass on.</summary>
    public InviteLink WithCode(InviteLink link) => link with { Code = InviteLinks.CodeOf(link.Id, key.Security.Key) };

    /// <summary>The room that a code leads to now.</summary>
    public async Task<Reply<RoomSummary>> LookAt(Speaker who, string code, DateTimeOffset now, CancellationToken cancellation)
    {
        if (InviteLinks.Read(code, key.Security.Key) is not { } id || await pages.FindLink(id, cancellation) is not { } link
            || await pages.FindRoom(link.RoomId, who.UserId, cancellation) is not { Room.DeletedAt: null } seen
            || !(seen.IsMember || InviteLinks.IsGood(link, link.RoomId, now)))
            return Refuse.NotFound("invite link, or it is not good any more");
        return seen.Summary;
    }

    // The snapshot is read after the connections were attached: nothing can fall between the two.
    private async Task<Reply<RoomEntry>> Enter(Speaker who, RoomChange change, CancellationToken cancellation)
    {
        if (await pages.FindRoom(change.RoomId, who.UserId, cancellation) is not { IsMember: true } && await Full(who, change, cancellation) is { } full) return full;
        var written = await log.Write(change, cancellation);
        if (written.Error is { } refusal) return refusal;
        return await store.Enter(change.RoomId, who.UserId, cancellation) is { } entry ? entry : Refuse.NotAMember;
    }

    /// <summary>Why somebody would be in more rooms than one answer to Connect holds; null when there is room for one more.</summary>
    private async Task<Error?> Full(Speaker who, RoomChange change, CancellationToken cancellation)
    {
        if (change is not MeetDirectly meeting)
        {
            return (await pages.CountRooms(who.UserId, cancellation)).Others is var rooms && rooms >= PageLimits.RoomsOfUser
                ? Refuse.Of(ErrorCode.Forbidden, $"You are in {rooms} rooms already. Leave one first.")
                : null;
        }
        // Nobody is asked whether to be in a direct room, and nobody can leave one: each must have room for it.
        foreach (var person in meeting.People)
        {
            if ((await pages.CountRooms(person.Id, cancellation)).Direct >= PageLimits.DirectRoomsOfUser)
                return Refuse.Of(ErrorCode.Forbidden, $"{person.Name} is in as many direct rooms as one can be.");
        }
        return null;
    }
}
