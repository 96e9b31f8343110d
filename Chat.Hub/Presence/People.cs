using Chat.Contracts;
using Chat.Hub.Nodes;
using Chat.Hub.Operations;
using Chat.Hub.Rooms;
using Chat.Hub.Storage;

namespace Chat.Hub.Presence;

/// <summary>How people are seen: what the roster knows of those who are here, and the store of the others.</summary>
internal sealed class People(Roster roster, IPeopleStore store, Attendance attendance, Reach reach, ChatClock clock)
{
    private const int DefaultPage = 50;
    private const int MostOnPage = 100;
    private const long LongestSeconds = 31_536_000;

    /// <summary>Somebody who is here, over all devices.</summary>
    public UserPresence Of(Guid userId) => roster.FaceOf(userId).Seen(userId, roster.StatusOf(userId), clock.Now);

    /// <summary>Sets what somebody says of itself: first in the store, for those who come, then wherever its devices are.</summary>
    public async Task<Reply<UserPresence>> Say(Guid userId, SetStatusText request, CancellationToken cancellation)
    {
        if (Names.CheckStatus(request.Text) is { } mistake) return mistake;
        if (request.Seconds is < 1 or > LongestSeconds) return Refusal.Invalid("seconds", $"from 1 to {LongestSeconds}.");
        // Whole milliseconds, as the stores keep them; later than what it answers, whatever the clock of the node says on which that was said.
        var now = clock.Stored;
        var before = roster.FaceOf(userId).Text.SetAt;
        var setAt = now > before ? now : before.AddMilliseconds(1);
        var text = new StatusText(request.Text, request is { Seconds: { } seconds, Text.Length: > 0 } ? now.AddSeconds(seconds) : null, setAt);
        await store.SetStatus(userId, text, cancellation);
        await attendance.Say(userId, text);
        await reach.Give(new Order { UserId = userId, Text = text });
        return Of(userId);
    }

    public async Task<Reply<PeoplePage>> Find(FindPeople request, CancellationToken cancellation)
    {
        if (request.Name.Length > Names.LongestUser) return Refusal.Invalid("name", $"at most {Names.LongestUser} characters.");
        if (request.Limit is < 1 or > MostOnPage) return Refusal.Invalid("limit", $"from 1 to {MostOnPage}.");
        if (request.After is { } after && !PageCursor.TryRead(after, out _)) return Refusal.Invalid("after", "must be the next of the last page.");
        var limit = request.Limit ?? DefaultPage;
        var found = await store.FindPeople(request, limit + 1, cancellation);
        var page = found.Take(limit).ToList();
        return new PeoplePage
        {
            People = page.ConvertAll(person => person.User),
            Presence = page.ConvertAll(person => Seen(person.User.Id, roster.StatusOf(person.User.Id), person.Face)),
            Next = found.Count > limit ? PageCursor.Write(Names.Key(page[^1].User.Name), page[^1].User.Id) : null,
        };
    }

    /// <summary>The presence of members of a room, as its notices tell it: of those who are not offline, and of others who have something to be told.</summary>
    public async Task<IReadOnlyList<UserPresence>> In(Guid roomId, IReadOnlyList<Member> members, CancellationToken cancellation)
    {
        // In this room: who is known online and not to be here will be told when that is.
        var statuses = members.Select(member => (member.UserId, roster.Look(roomId, member.UserId).Status)).ToList();
        var away = statuses.Where(member => member.Status is PresenceStatus.Offline).Select(member => member.UserId).ToList();
        var faces = away.Count > 0 ? await store.FacesOf(away, cancellation) : new Dictionary<Guid, Face>();
        return
        [
            .. from member in statuses
               let seen = Seen(member.UserId, member.Status, faces.GetValueOrDefault(member.UserId, Face.Blank))
               where seen is not { Status: PresenceStatus.Offline, Text.Length: 0, LastSeenAt: null }
               select seen,
        ];
    }

    /// <summary>Somebody as a room's notice tells it.</summary>
    public async Task<UserPresence> Seen(Guid userId, PresenceStatus status)
    {
        if (roster.IsFaceKnown(userId)) return roster.FaceOf(userId).Seen(userId, status, clock.Now);
        try
        {
            return Seen(userId, status, (await store.FacesOf([userId], CancellationToken.None)).GetValueOrDefault(userId, Face.Blank));
        }
        catch (StoreUnavailableException)
        {
            return Face.Blank.Seen(userId, status, clock.Now);
        }
    }

    // What nodes told each other is newer than the store's, which is written together for many.
    private UserPresence Seen(Guid userId, PresenceStatus status, Face stored) =>
        (roster.IsFaceKnown(userId) ? roster.FaceOf(userId) : stored).Seen(userId, status, clock.Now);
}
