using System.Globalization;
using Chat.Contracts;
using Chat.Hub.Rooms;
using Microsoft.Data.Sqlite;

namespace Chat.Hub.Storage.Sqlite;

/// <summary>
/// New messages on their way into the tables: kept in the journal, which is what an acknowledgement stands on, and settled many
/// together. Used by the writer alone, but for <see cref="Concern"/>.
/// </summary>
internal sealed partial class Posts : IDisposable
{
    /// <summary>Messages that may wait. Settling so many takes some 10 ms, in which nobody else can write.</summary>
    private const int MostUnsettled = 1_024;

    /// <summary>Bytes of the journal from which on what was settled is flushed, so that the journal can begin anew.</summary>
    private const long LongJournal = 4 * 1024 * 1024;

    private readonly Database connection;
    private readonly SqliteRoomReader reader;
    private readonly SqliteMessageWriter messages;
    private readonly SqliteSearchIndex search;
    private readonly Statement putHead;
    private readonly Statement mark;
    private readonly UnsettledMessages unsettled = new();
    private readonly KnownRooms known;
    private readonly SqliteFile file;
    private readonly ILogger logger;
    private PostJournal journal = null!;

    // The tables did not take something: nothing more is taken in before they have all.
    private bool isStuck;

    // A commit of the tables failed. What of it is in SQLite's log may be valid, and come back after a kill; or the log has a hole.
    private bool isDoubtful;
    private bool isRelaxed;
    private bool isJournalLost;

    /// <summary>Nothing is taken in before <see cref="Restore"/> and <see cref="Open"/>.</summary>
    public Posts(Database connection, SqliteRoomReader reader, SqliteMessageWriter messages, SqliteSearchIndex search, SqliteFile file, ILogger logger)
    {
        (this.connection, this.reader, this.messages, this.search, this.file, this.logger) = (connection, reader, messages, search, file, logger);
        known = new KnownRooms(reader);
        putHead = new Statement(connection, "update rooms set head = ?2 where id = ?1");
        mark = new Statement(connection, "update meta set value = ?1 where key = 'posts'");
    }

    /// <summary>Puts what an earlier process left in the journal into the tables, and answers the number they then have.</summary>
    /// <param name="epoch">The life of the store until now; null for a new one.</param>
    public long Restore(string? epoch)
    {
        using var settled = new Statement(connection, "select value from meta where key = 'posts'");
        var number = long.Parse(settled.First(row => row.GetString(0))!, CultureInfo.InvariantCulture);
        if (epoch is null || !PostJournal.HasAny(file.PostsPath)) return number;
        foreach (var (next, posted) in PostJournal.Read(file.PostsPath, epoch, number))
        {
            foreach (var message in posted) unsettled.Add(message, Fingerprint.Of(message));
            number = next;
        }
        try
        {
            // Also where none is missing: that the tables have them may not be on disk yet, and a number that is new is flushed.
            InTransaction(() => Write(number + 1));
            isDoubtful = false;
            unsettled.Clear();
            return number + 1;
        }
        catch (SqliteException e)
        {
            // A full disk, mostly. They are read by nobody before they are settled, and nothing else is taken in.
            LogLeft(e);
            isStuck = isDoubtful = true;
            return number;
        }
    }

    /// <summary>Begins the journal.</summary>
    /// <param name="epoch">The life of the store from now on.</param>
    /// <param name="number">That the tables have.</param>
    public void Open(string epoch, long number) => journal = new PostJournal(file.PostsPath, epoch, number, file.Flushes, isSettled: !isStuck);

    /// <summary>How many are not in the tables yet.</summary>
    public int Waiting => unsettled.Count;

    /// <summary>Whether some are not in the tables yet, in the room if one is named. May be asked by anybody at any time.</summary>
    public bool Concern(Guid? roomId) => unsettled.HasAny(roomId);

    /// <summary>
    /// Lets the rules decide, where all they must see is known without settling, and keeps what they decided if it is messages only.
    /// They are on disk when it returns.
    /// </summary>
    /// <param name="needs">What changes must see.</param>
    /// <param name="decide">The rules.</param>
    /// <param name="decided">What they decided; null where they were not asked.</param>
    /// <returns>Whether it was kept; false where it is the tables' to keep.</returns>
    public bool TryKeep(Needs needs, Action<Ledger> decide, out Ledger? decided)
    {
        decided = null;
        if (isStuck || journal.IsBroken || !PostRules.CanBeSeen(needs)) return false;
        if (unsettled.Count >= MostUnsettled || journal.Length > LongJournal) Settle();

        decided = new Ledger();
        known.Load(decided, needs);
        reader.LoadMessages(decided, needs);
        unsettled.Complete(decided, needs);
        // Also where nothing comes of it: what is remembered must not lag behind what is not settled.
        known.Note(decided);
        decide(decided);
        if (!PostRules.IsPosting(decided)) return false;

        var added = decided.Rooms.SelectMany(room => room.Written).Cast<Message>().ToList();
        if (added.Count is 0) return true;
        if (!TryAppend(added)) return false;
        foreach (var message in added) unsettled.Add(message, FingerprintOf(decided, message));
        known.Note(decided);
        return true;
    }

    /// <summary>Before the transaction of another change: makes sure that nothing comes back of one that failed.</summary>
    /// <exception cref="SqliteException">It cannot be made sure.</exception>
    public void Prepare()
    {
        Tighten();
        if (isDoubtful) connection.Checkpoint();
    }

    /// <summary>
    /// Writes them into the tables, in the transaction of another change. That takes a number too: a journal whose frames follow the
    /// tables' number then is of just this state, and not of one before or after it.
    /// </summary>
    public void Write()
    {
        isStuck = isDoubtful = true;
        Write(journal.Number + 1);
    }

    /// <summary>That transaction is on disk, and has changed rooms.</summary>
    public void Written(IEnumerable<RoomLedger> rooms)
    {
        foreach (var room in rooms) known.Forget(room.RoomId);
        Settled(journal.Number + 1);
    }

    /// <summary>Something has changed rooms, their members or what listens to them.</summary>
    public void Forget() => known.Forget();

    /// <summary>Puts them into the tables. Not flushed there, as a rule: the journal has them until that was done.</summary>
    public void Settle()
    {
        if (unsettled.Count is 0 && journal.Length <= LongJournal) return;
        if (!file.Flushes || isDoubtful || journal.Length > LongJournal)
        {
            SettleAll();
            return;
        }
        isStuck = true;
        Relax();
        InTransaction(() => Write(journal.Number));
        isStuck = isDoubtful = false;
        unsettled.Clear();
        Tighten();
    }

    /// <summary>Leaves an empty journal, where all is in the tables.</summary>
    public void Close()
    {
        if (unsettled.Count > 0 || journal.Length > 0) SettleAll();
        journal.Empty();
    }

    /// <summary>From here on a commit is flushed. What settling set aside stands aside for longer where it failed.</summary>
    public void Tighten()
    {
        if (!isRelaxed) return;
        connection.Execute("pragma synchronous = full");
        isRelaxed = false;
    }

    /// <summary>Puts them into the tables and on disk there, so that the journal begins anew.</summary>
    private void SettleAll()
    {
        isStuck = true;
        Prepare();
        InTransaction(() => Write(journal.Number + 1));
        Settled(journal.Number + 1);
    }

    // The number changes with each of these, so that there is something to be flushed.
    private void Settled(long number)
    {
        isStuck = isDoubtful = false;
        unsettled.Clear();
        journal.Restart(number);
    }

    // The tables take them then. What of it reached the file has the number that they take with it, and is passed over.
    private bool TryAppend(List<Message> added)
    {
        try
        {
            journal.Append(added);
            isJournalLost = false;
            return true;
        }
        catch (IOException e)
        {
            if (!isJournalLost) LogLost(e);
            isJournalLost = true;
            return false;
        }
    }

    private void Relax()
    {
        isRelaxed = true;
        connection.Execute("pragma synchronous = normal");
    }

    public void Dispose()
    {
        putHead.Dispose();
        mark.Dispose();
        journal?.Dispose();
    }

    private void InTransaction(Action write)
    {
        using var transaction = Transaction.Writing(connection);
        isDoubtful = true;
        search.Begin(unsettled.Count);
        write();
        search.Seal();
        transaction.Commit();
        search.End();
    }

    private void Write(long number)
    {
        foreach (var (message, fingerprint) in unsettled.Messages) messages.Add(message, fingerprint);
        foreach (var (roomId, head) in unsettled.Heads) putHead.Bind(roomId, head).Run();
        mark.Bind(number.ToString(CultureInfo.InvariantCulture)).Run();
    }

    [LoggerMessage(9, LogLevel.Error, "Messages that an earlier process left in the journal cannot go into the tables; it is tried again.")]
    private partial void LogLeft(Exception exception);

    [LoggerMessage(7, LogLevel.Warning, "The journal of messages cannot be written: until it can, each commit goes into the tables, which takes longer.")]
    private partial void LogLost(Exception exception);

    private static Fingerprint FingerprintOf(Ledger ledger, Message message) => ledger.Room(message.RoomId).FingerprintOf(message) ?? Fingerprint.Of(message);
}
