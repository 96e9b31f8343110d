using Chat.Contracts;
using Chat.Hub.Presence;
using Chat.Hub.Rooms;

namespace Chat.Hub.Storage.Sqlite;

internal sealed partial class SqliteStore : IPeopleStore
{
    private const string FaceColumns = "status_text, status_until, status_set_at, last_seen_at";
    private const string FaceOfUser = $"select {FaceColumns} from users where id = ?1";

    public Task<IReadOnlyDictionary<Guid, Face>> FacesOf(IReadOnlyCollection<Guid> userIds, CancellationToken cancellation) =>
        ReadAside<IReadOnlyDictionary<Guid, Face>>(connection =>
        {
            using var statement = new Statement(connection, FaceOfUser);
            var faces = new Dictionary<Guid, Face>();
            foreach (var userId in userIds)
            {
                if (statement.Bind(userId).First<Face?>(row => FaceAt(row, 0)) is { } face) faces[userId] = face;
            }
            return faces;
        }, cancellation);

    public Task SetStatus(Guid userId, StatusText status, CancellationToken cancellation) => WriteAside(connection =>
    {
        using var statement = new Statement(connection, """
            update users set status_text = ?2, status_until = ?3, status_set_at = ?4 where id = ?1 and status_set_at <= ?4
            """);
        return statement.Bind(userId, status.Text, status.Until, status.SetAt).Run();
    }, cancellation);

    public Task NoteSeen(IReadOnlyList<Seen> people, CancellationToken cancellation) => WriteAside(connection =>
    {
        using var moment = Transaction.Writing(connection);
        using var statement = new Statement(connection, "update users set last_seen_at = ?2 where id = ?1 and coalesce(last_seen_at, 0) < ?2");
        foreach (var seen in people) statement.Bind(seen.UserId, seen.At).Run();
        moment.Commit();
        return people.Count;
    }, cancellation);

    public Task<IReadOnlyList<(User User, Face Face)>> FindPeople(FindPeople request, int most, CancellationToken cancellation) =>
        ReadAside<IReadOnlyList<(User, Face)>>(connection =>
        {
            var (name, id) = PageCursor.Read(request.After);
            var key = Names.Key(request.Name);
            using var statement = new Statement(connection, $"""
                select {Rows.UserColumns}, {FaceColumns} from users
                where name_key >= ?1 and name_key < ?2 and (name_key, id) > (?3, ?4)
                order by name_key, id limit ?5
                """);
            return statement.Bind(key, key + Names.Last, name, id, most).All(row => (Rows.User(row), FaceAt(row, 5)));
        }, cancellation);

    private static Face FaceAt(Row row, int first) => new(
        new StatusText(row.GetString(first), row.TimeOrNull(first + 1), row.Time(first + 2)), row.TimeOrNull(first + 3));
}
