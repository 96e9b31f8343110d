using System.Globalization;
using Chat.Contracts;
using Chat.Hub.Rooms;

namespace Chat.Hub.Storage.Sqlite;

/// <summary>
/// Gives messages their places in the order of all, and learns their words: many together, because a full-text index
/// writes as much for one message as for hundreds. What is not learned yet is looked through as it stands.
/// </summary>
internal sealed class SqliteSearchIndex(Database connection) : IDisposable
{
    private const int MostUnlearned = 256;
    private const string Learned = "learned";

    private readonly Statement unlearned = new(connection, $"select {Rows.MessageColumns}, place from messages where place > ?1 order by place");
    private readonly Statement mark = new(connection, "update meta set value = ?2 where key = ?1");
    private readonly Statement add = new(connection, "insert into message_words (rowid, words) values (?1, ?2)");
    private readonly Statement drop = new(connection, "delete from message_words where rowid = ?1");
    private readonly Statement find = new(connection, "select place from messages where room_id = ?1 and seq = ?2");

    private long last = LastOf(connection);
    private long learned = LearnedOf(connection);
    private long learning = LearnedOf(connection);
    private bool isLearning;

    /// <summary>Up to which place a search finds words by the index.</summary>
    public static long LearnedOf(Database connection)
    {
        using var read = new Statement(connection, "select value from meta where key = ?1");
        return long.Parse(read.Bind(Learned).First(row => row.GetString(0))!, CultureInfo.InvariantCulture);
    }

    /// <summary>At the beginning of a transaction: learns what has piled up.</summary>
    /// <param name="coming">Messages that are new in it.</param>
    public void Begin(int coming)
    {
        learning = learned;
        isLearning = last - learned + coming >= MostUnlearned;
        if (!isLearning) return;
        foreach (var (message, place) in unlearned.Bind(learned).All(row => (Rows.Message(row), row.GetInt64(Rows.MessageWidth)))) Learn(message, place);
        // Places of commits that failed are nobody's.
        learning = Math.Max(learning, last);
    }

    /// <summary>The place of a message that is new.</summary>
    public long Next(Message message)
    {
        last++;
        if (isLearning) Learn(message, last);
        return last;
    }

    /// <summary>At the end of the transaction, still in it.</summary>
    public void Seal()
    {
        if (isLearning) mark.Bind(Learned, learning.ToString(CultureInfo.InvariantCulture)).Run();
    }

    /// <summary>The transaction is written.</summary>
    public void End() => learned = learning;

    /// <summary>A message says something else now.</summary>
    public void Relearn(Message message)
    {
        var place = find.Bind(message.RoomId, message.Seq).First(row => row.GetInt64(0));
        if (place > learning) return;
        drop.Bind(place).Run();
        Add(message, place);
    }

    public void Dispose()
    {
        foreach (var statement in (Statement[])[unlearned, mark, add, drop, find]) statement.Dispose();
    }

    private void Learn(Message message, long place)
    {
        Add(message, place);
        learning = place;
    }

    private void Add(Message message, long place)
    {
        var words = SearchWords.Of(message);
        if (words.Count > 0) add.Bind(place, string.Join(' ', words)).Run();
    }

    private static long LastOf(Database connection)
    {
        using var read = new Statement(connection, "select max(place) from messages");
        // The last ones may be cleared away.
        return Math.Max(read.First(row => row.LongOrNull(0)) ?? 0, LearnedOf(connection));
    }
}
