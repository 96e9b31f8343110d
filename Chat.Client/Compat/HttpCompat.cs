namespace System.Net.Http;

internal static class HttpCompat
{
    extension(HttpContent content)
    {
        public Task<Stream> ReadAsStreamAsync(CancellationToken ct) => content.ReadAsStreamAsync().WaitAsync(ct);

        public Task<string> ReadAsStringAsync(CancellationToken ct) => content.ReadAsStringAsync().WaitAsync(ct);

        public Task<byte[]> ReadAsByteArrayAsync(CancellationToken ct) => content.ReadAsByteArrayAsync().WaitAsync(ct);
    }

    extension(HttpRequestException exception)
    {
        /// <summary>The answer of the server: as the exception says where .NET knows it, otherwise from its words.</summary>
        public HttpStatusCode? StatusCode =>
            typeof(HttpRequestException).GetProperty("StatusCode") is { } property ? (HttpStatusCode?)property.GetValue(exception) : InWords(exception.Message);
    }

    // "Response status code does not indicate success: 401 (Unauthorized)."
    private static HttpStatusCode? InWords(string message)
    {
        var colon = message.IndexOf(": ", StringComparison.Ordinal);
        return colon >= 0 && message.Length >= colon + 5 && int.TryParse(message.AsSpan(colon + 2, 3), out var code) ? (HttpStatusCode)code : null;
    }
}
