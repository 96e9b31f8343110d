using System.ComponentModel.DataAnnotations;
using Chat.Hub.Storage.PostgreSql;

namespace Chat.Hub.Storage;

/// <summary>Where conversations are kept: section <c>Chat:Store</c>.</summary>
public sealed class StoreOptions : IValidatableObject
{
    /// <summary>The SQLite file, relative to the content root or absolute. Its folder is made if missing.</summary>
    [Required]
    public string Path { get; set; } = "data/chat.db";

    /// <summary>
    /// Connection string of Npgsql ("Host=db;Database=chat;Username=chat;Password=…"). Set, everything is kept in
    /// PostgreSQL, and <see cref="Path"/> is not used; several nodes may share it.
    /// </summary>
    public string? PostgreSql { get; set; }

    /// <summary>Seconds that a start waits for a PostgreSQL that is not up yet, before it fails.</summary>
    [Range(1, 86_400)]
    public int StartSeconds { get; set; } = 60;

    /// <summary>What an acknowledgement survives. In PostgreSQL that is said by its own settings (fsync, synchronous_commit).</summary>
    public Durability Durability { get; set; } = Durability.PowerLoss;

    /// <summary>
    /// After restoring a backup set this to any new text ("2026-11-23"): the store takes a new epoch, once, and all
    /// clients load their rooms afresh instead of trusting versions that came after the backup.
    /// </summary>
    public string? RestoredFrom { get; set; }

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        // Never the text itself: it holds a password.
        if (PostgreSql is not null && !PostgreSqlSettings.IsUsable(PostgreSql))
            yield return new ValidationResult("must be a connection string of Npgsql with at least Host=….", [nameof(PostgreSql)]);
    }
}

/// <summary>What an acknowledgement survives.</summary>
public enum Durability
{
    /// <summary>A power cut: the commit is flushed to the disk before it is acknowledged (SQLite: WAL with synchronous FULL).</summary>
    PowerLoss,

    /// <summary>The end of the process, however sudden, but not a power cut or a crash of the machine (synchronous NORMAL).</summary>
    ProcessCrash,
}
