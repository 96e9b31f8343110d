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

    /// <summary>The address with one more name and value in its query; both as they shall be there.</summary>
    public static Uri With(this Uri address, string name, string value)
    {
        var uri = new UriBuilder(address);
        uri.Query = uri.Query is { Length: > 1 } query ? $"{query}&{name}={value}" : $"{name}={value}";
        return uri.Uri;
    }
}
