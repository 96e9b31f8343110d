namespace Chat.Bench.Servers;

/// <summary>The repository that this program was built from.</summary>
internal static class Sources
{
    public static string File(string path)
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!System.IO.File.Exists(Path.Combine(folder.FullName, "Chat.sln")))
            folder = folder.Parent ?? throw new InvalidOperationException($"{AppContext.BaseDirectory} is not below the repository.");
        return Path.Combine(folder.FullName, path);
    }
}
