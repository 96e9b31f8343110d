namespace Chat.Client;

internal static class ServerAddress
{
    /// <summary>A path below the server's address; the address keeps its prefix and its query.</summary>
    public static Uri Below(this Uri server, string path)
    {
        var uri = new UriBuilder(server);
        uri.Path = uri.Path.TrimEnd('/') + path;
        return uri.Uri;
    }
}
