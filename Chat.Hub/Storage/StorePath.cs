using Microsoft.Extensions.Options;

namespace Chat.Hub.Storage;

/// <summary>Where the store's file is on this machine.</summary>
internal sealed record StorePath(string File)
{
    public static StorePath Of(IServiceProvider services) => new(Path.GetFullPath(
        services.GetRequiredService<IOptions<StoreOptions>>().Value.Path,
        services.GetRequiredService<IHostEnvironment>().ContentRootPath));

    /// <summary>A file in the same folder, which is made if missing.</summary>
    public string Beside(string name)
    {
        var folder = Path.GetDirectoryName(File)!;
        Directory.CreateDirectory(folder);
        return Path.Combine(folder, name);
    }
}
