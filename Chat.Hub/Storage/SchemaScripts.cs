using System.Reflection;
using DbUp.Builder;
using DbUp.Engine.Output;

namespace Chat.Hub.Storage;

/// <summary>Brings a store to the schema of this version by its engine's scripts, and refuses one that is newer.</summary>
internal static class SchemaScripts
{
    /// <param name="database">The store, without scripts yet.</param>
    /// <param name="engine">The folder below Storage.</param>
    /// <exception cref="InvalidOperationException">The store was written by a newer version of Chat, or a script failed.</exception>
    public static void Run(UpgradeEngineBuilder database, string engine)
    {
        var folder = $"Chat.Hub.Storage.{engine}.Migrations.";
        var upgrader = database
            .WithScriptsEmbeddedInAssembly(Assembly.GetExecutingAssembly(), name => name.StartsWith(folder, StringComparison.Ordinal))
            .WithTransactionPerScript()
            .WithVariablesDisabled()
            .LogTo(new NoOpUpgradeLog())
            .Build();

        var known = upgrader.GetDiscoveredScripts().Select(script => script.Name).ToHashSet(StringComparer.Ordinal);
        var newer = upgrader.GetExecutedScripts().Where(name => !known.Contains(name)).ToList();
        if (newer.Count > 0)
            throw new InvalidOperationException(
                $"The store was written by a newer version of Chat (it has {string.Join(", ", newer.Select(name => name[folder.Length..]))}). Run that version, or restore a backup.");

        var result = upgrader.PerformUpgrade();
        if (!result.Successful)
            throw new InvalidOperationException($"The store could not be brought to this version: {result.ErrorScript?.Name}.", result.Error);
    }
}
