using Chat.Contracts;
using Chat.Hub.Presence;
using Chat.Hub.Storage;

namespace Chat.Tests.Storage;

public abstract partial class StoreTests
{
    private static readonly DateTimeOffset Now = StoreFixture.Now;

    private ISessionStore Sessions => (ISessionStore)Store;

    private IPeopleStore People => (IPeopleStore)Store;

    [Fact]
    public async Task A_session_is_there_after_reopening_field_by_field()
    {
        var session = NewSession(Guid.NewGuid());
        await Sessions.AddSession(session, default);
        (await Sessions.Rotate(session.Id, [1], [2], Now.AddMinutes(1), default)).Should().BeTrue();
        await fixture.Open();
        (await Sessions.FindSession(session.Id, default)).Should().BeEquivalentTo(
            session with { TokenHash = [2], PreviousHash = [1], RenewedAt = Now.AddMinutes(1), LastUsedAt = Now.AddMinutes(1) });
        (await Sessions.FindSession(Guid.NewGuid(), default)).Should().BeNull();
    }

    [Fact]
    public async Task Of_many_who_rotate_a_token_at_once_one_does()
    {
        var session = NewSession(Guid.NewGuid());
        await Sessions.AddSession(session, default);
        var rotated = await Task.WhenAll(Enumerable.Range(2, 10).Select(to => Task.Run(() => Sessions.Rotate(session.Id, [1], [(byte)to], Now, default))));
        rotated.Count(done => done).Should().Be(1);
    }

    [Fact]
    public async Task Sessions_are_revoked_one_by_one_or_all_but_one_and_only_their_owners()
    {
        var ann = Guid.NewGuid();
        var sessions = Enumerable.Range(0, 3).Select(i => NewSession(ann, Now.AddMinutes(i))).ToList();
        foreach (var session in sessions) await Sessions.AddSession(session, default);
        var bobs = NewSession(Guid.NewGuid());
        await Sessions.AddSession(bobs, default);
        (await Sessions.RevokeSessions(ann, bobs.Id, null, Now, default)).Should().BeEmpty();
        (await Sessions.RevokeSessions(ann, sessions[0].Id, null, Now, default)).Should().Equal(sessions[0].Id);
        (await Sessions.Rotate(sessions[0].Id, [1], [2], Now, default)).Should().BeFalse();
        (await Sessions.ListSessions(ann, Now.AddDays(-1), 10, default)).Select(session => session.Id).Should().Equal(sessions[2].Id, sessions[1].Id);
        (await Sessions.ListSessions(ann, Now.AddMinutes(1), 10, default)).Select(session => session.Id).Should().Equal(sessions[2].Id);
        (await Sessions.RevokeSessions(ann, null, sessions[2].Id, Now, default)).Should().BeEquivalentTo([sessions[0].Id, sessions[1].Id]);
        (await Sessions.ListSessions(bobs.UserId, Now.AddDays(-1), 10, default)).Should().ContainSingle();
    }

    [Fact]
    public async Task Use_is_noted_unless_a_session_has_ended_and_what_nobody_used_is_collected()
    {
        var user = Guid.NewGuid();
        KeptSession used = NewSession(user), revoked = NewSession(user), old = NewSession(user, Now.AddDays(-2));
        foreach (var session in (KeptSession[])[used, revoked, old]) await Sessions.AddSession(session, default);
        await Sessions.RevokeSessions(user, revoked.Id, null, Now, default);
        var at = Now.AddMinutes(5);
        var alive = await Sessions.NoteUse(
            [new(used.Id, at, "new client", null), new(revoked.Id, at), new(old.Id, at), new(Guid.NewGuid(), at)], Now.AddDays(-1), default);
        alive.Should().Equal(used.Id);
        (await Sessions.FindSession(used.Id, default)).Should().Match<KeptSession>(session => session.LastUsedAt == at && session.Client == "new client" && session.Address == "10.0.0.1");
        await Sessions.NoteUse([new(used.Id, Now)], Now.AddDays(-1), default);
        (await Sessions.FindSession(used.Id, default))!.LastUsedAt.Should().Be(at, "what comes late does not take it back");
        await Sessions.CollectSessions(Now.AddDays(-1), default);
        (await Sessions.FindSession(old.Id, default)).Should().BeNull();
        (await Sessions.FindSession(used.Id, default)).Should().NotBeNull();
    }

    [Fact]
    public async Task Changes_of_a_sessions_data_come_one_after_the_other()
    {
        var session = NewSession(Guid.NewGuid());
        await Sessions.AddSession(session, default);
        await Task.WhenAll(Enumerable.Range(0, 10).Select(i => Task.Run(() => Sessions.ChangeData(
            session.Id, data => new SessionData { Entries = [.. data.Entries, new SessionEntry { Key = $"{i}\0\"", Value = "你好" }] }, default))));
        (await Sessions.ReadData(session.Id, default))!.Entries.Select(entry => entry.Key).Should().Equal(Enumerable.Range(0, 10).Select(i => $"{i}\0\""));
        (await Sessions.ChangeData(session.Id, _ => new Error { Code = ErrorCode.TooLarge, Message = "no" }, default))!.Error!.Code.Should().Be(ErrorCode.TooLarge);
        (await Sessions.ReadData(session.Id, default))!.Entries.Should().HaveCount(10);
        (await Sessions.ChangeData(Guid.NewGuid(), data => data, default)).Should().BeNull();
    }

    [Fact]
    public async Task Of_two_texts_the_later_stays_and_of_two_moments_too()
    {
        var ann = await Add("Ann");
        (await FaceOf(ann)).Should().Be(Face.Blank);
        await People.SetStatus(ann.Id, new StatusText("later", Now.AddHours(1), Now.AddMinutes(1)), default);
        await People.SetStatus(ann.Id, new StatusText("earlier", null, Now), default);
        await People.NoteSeen([new Seen(ann.Id, Now.AddMinutes(1)), new Seen(Guid.NewGuid(), Now)], default);
        await People.NoteSeen([new Seen(ann.Id, Now)], default);
        (await FaceOf(ann)).Should().Be(new Face(new StatusText("later", Now.AddHours(1), Now.AddMinutes(1)), Now.AddMinutes(1)));
        (await People.FacesOf([Guid.NewGuid()], default)).Should().BeEmpty();
    }

    [Fact]
    public async Task People_are_found_by_the_bytes_of_their_names_beginning()
    {
        string[] names = ["zoë", "Zo", "zo z", "ZOË B", "zp", "zn", "中文", "中國", "z\uff5a", "z👋"];
        foreach (var name in names) await Add(name);
        (await Find("zo")).Should().Equal("Zo", "zo z", "zoë", "ZOË B");
        (await Find("中")).Should().BeEquivalentTo("中文", "中國");
        (await Find("z")).Should().HaveCount(8).And.Contain("z👋");
        (await Find("")).Should().HaveCount(names.Length);
        (await Find("nobody")).Should().BeEmpty();
        (await Find("z\0")).Should().BeEmpty();
        (await People.FindPeople(new FindPeople { Name = "z", After = PageCursor.Write("zoë", Guid.Empty) }, 2, default)).Select(found => found.User.Name).Should().Equal("zoë", "ZOË B");

        async Task<IEnumerable<string>> Find(string name) => (await People.FindPeople(new FindPeople { Name = name }, 100, default)).Select(found => found.User.Name);
    }

    private async Task<Face> FaceOf(User user) => (await People.FacesOf([user.Id], default))[user.Id];

    private async Task<User> Add(string name) =>
        (await Store.AddUser(new User { Id = Guid.NewGuid(), Name = name, Kind = UserKind.Guest, CreatedAt = Now }, null, null, default))!;

    private static KeptSession NewSession(Guid userId, DateTimeOffset? usedAt = null) => new()
    {
        Id = Guid.NewGuid(),
        UserId = userId,
        Client = "client",
        Address = "10.0.0.1",
        CreatedAt = Now,
        LastUsedAt = usedAt ?? Now,
        RenewedAt = Now,
        TokenHash = [1],
    };
}
