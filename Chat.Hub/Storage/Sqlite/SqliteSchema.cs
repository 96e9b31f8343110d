using System.Reflection;
using DbUp;
using DbUp.Engine.Output;

namespace Chat.Hub.Storage.Sqlite;

/// <summary>Brings the file to the schema of this version, and refuses one that is newer.</summary>
internal static class SqliteSchema
{
    private const string Folder = "Chat.Hub.Storage.Sqlite.Migrations.";

    /// <exception cref="InvalidOperationException">The file was written by a newer version of Chat.</exception>
    public static void Migrate(SqliteFile file)
    {
        var upgrader = DeployChanges.To
            .SqliteDatabase(file.ConnectionString)
            .WithScriptsEmbeddedInAssembly(Assembly.GetExecutingAssembly(), name => name.StartsWith(Folder, StringComparison.Ordinal))
            .WithTransactionPerScript()
            .LogTo(new NoOpUpgradeLog())
            .Build();

        var known = upgrader.GetDiscoveredScripts().Select(script => script.Name).ToHashSet(StringComparer.Ordinal);
        var newer = upgrader.GetExecutedScripts().Where(name => !known.Contains(name)).ToList();
        if (newer.Count > 0)
            throw new InvalidOperationException(
                $"The store was written by a newer version of Chat (it has {string.Join(", ", newer.Select(name => name[Folder.Length..]))}). Run that version, or restore a backup.");

        var result = upgrader.PerformUpgrade();
        if (!result.Successful)
            throw new InvalidOperationException($"The store could not be brought to this version: {result.ErrorScript?.Name}.", result.Error);
    }
}
