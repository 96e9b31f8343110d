using Chat.Contracts;
using Chat.Hub.Presence;
using Chat.Hub.Rooms;
using Npgsql;
using static Chat.Hub.Storage.PostgreSql.Batches;

namespace Chat.Hub.Storage.PostgreSql;

internal sealed partial class PostgreSqlStore : IPeopleStore
{
    private const string FaceColumns = "status_text, status_until, status_set_at, last_seen_at";

    public async Task<IReadOnlyDictionary<Guid, Face>> FacesOf(IReadOnlyCollection<Guid> userIds, CancellationToken cancellation) =>
        (await All($"select id, {FaceColumns} from users where id = any($1)", row => (Id: row.GetGuid(0), Face: FaceAt(row, 1)), cancellation, [userIds.ToArray()]))
        .ToDictionary(found => found.Id, found => found.Face);

    public Task SetStatus(Guid userId, StatusText status, CancellationToken cancellation) => WriteAll(
        "update users set status_text = $2, status_until = $3::timestamptz, status_set_at = $4 where id = $1 and status_set_at <= $4 returning id",
        row => row.GetGuid(0), cancellation, userId, status.Text, status.Until, status.SetAt);

    // In one order, so that two nodes do not wait for each other.
    public Task NoteSeen(IReadOnlyList<Seen> people, CancellationToken cancellation)
    {
        var ordered = people.OrderBy(seen => seen.UserId).ToList();
        return WriteAll(
            """
            update users u set last_seen_at = s.at from unnest($1::uuid[], $2::timestamptz[]) as s (id, at)
            where u.id = s.id and (u.last_seen_at is null or u.last_seen_at < s.at) returning u.id
            """,
            row => row.GetGuid(0), cancellation, Each(ordered, seen => seen.UserId), Each(ordered, seen => Batches.WholeMilliseconds(seen.At)));
    }

    public async Task<IReadOnlyList<(User User, Face Face)>> FindPeople(FindPeople request, int most, CancellationToken cancellation)
    {
        var (name, id) = PageCursor.Read(request.After);
        var key = Batches.Sought(Names.Key(request.Name));
        return await All(
            $"""
            select {Rows.UserColumns}, {FaceColumns} from users
            where name_key >= $1 and name_key < $2 and (name_key, id) > ($3, $4)
            order by name_key, id limit $5
            """,
            row => (Rows.User(row), FaceAt(row, 5)), cancellation, key, key + Names.Last, Batches.Sought(name), id, most);
    }

    private static Face FaceAt(NpgsqlDataReader row, int first) => new(
        new StatusText(row.GetString(first), TimeOrNull(row, first + 1), row.GetFieldValue<DateTimeOffset>(first + 2)), TimeOrNull(row, first + 3));

    private static DateTimeOffset? TimeOrNull(NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetFieldValue<DateTimeOffset>(column);
}
