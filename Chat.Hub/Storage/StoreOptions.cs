using System.ComponentModel.DataAnnotations;

namespace Chat.Hub.Storage;

/// <summary>Where conversations are kept: section <c>Chat:Store</c>.</summary>
public sealed class StoreOptions
{
    /// <summary>The SQLite file, relative to the content root or absolute. Its folder is made if missing.</summary>
    [Required]
    public string Path { get; set; } = "data/chat.db";

    /// <summary>
    /// Connection string of Npgsql ("Host=db;Database=chat;Username=chat;Password=…"). Set, everything is kept in
    /// PostgreSQL, and <see cref="Path"/> is not used; several nodes may share it.
    /// </summary>
    public string? PostgreSql { get; set; }

    /// <summary>What an acknowledgement survives.</summary>
    public Durability Durability { get; set; } = Durability.PowerLoss;

    /// <summary>
    /// After restoring a backup set this to any new text ("2026-11-23"): the store takes a new epoch, once, and all
    /// clients load their rooms afresh instead of trusting versions that came after the backup.
    /// </summary>
    public string? RestoredFrom { get; set; }
}

/// <summary>What an acknowledgement survives.</summary>
public enum Durability
{
    /// <summary>A power cut: the commit is flushed to the disk before it is acknowledged (SQLite: WAL with synchronous FULL).</summary>
    PowerLoss,

    /// <summary>The end of the process, however sudden, but not a power cut or a crash of the machine (synchronous NORMAL).</summary>
    ProcessCrash,
}
