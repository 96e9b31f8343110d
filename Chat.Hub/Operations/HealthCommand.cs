namespace Chat.Hub.Operations;

/// <summary>
/// <c>Chat.Hub health</c>: asks the server on this machine whether it lives, for containers that have neither a shell nor
/// curl. Ends with 0 when it does.
/// </summary>
internal static class HealthCommand
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    public static bool IsAskedBy(string[] arguments) => arguments is ["health", ..];

    public static async Task<int> Run(IConfiguration settings)
    {
        using var http = new HttpClient { Timeout = Patience };
        try
        {
            using var answer = await http.GetAsync(AddressOf(settings));
            return answer.IsSuccessStatusCode ? 0 : 1;
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException)
        {
            await Console.Error.WriteLineAsync(e.Message);
            return 1;
        }
    }

    // As Kestrel finds it: a list of ports, or of addresses whose host may be any ("http://*:8080").
    private static Uri AddressOf(IConfiguration settings)
    {
        var first = settings["urls"]?.Split(';')[0];
        var port = first is null ? settings["http_ports"]?.Split(';')[0] ?? "5000" : first[(first.LastIndexOf(':') + 1)..].TrimEnd('/');
        return new Uri($"http://127.0.0.1:{port}/health/live");
    }
}
