using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using Chat.Hub.Operations;
using Chat.Hub.Storage;
using Polly;
using Polly.Retry;

namespace Chat.Hub.Attachments;

/// <summary>Objects in a bucket of S3, or of what speaks like it. Everything here may be done twice, and is tried three times.</summary>
internal sealed class S3Blobs : IBlobs, IDisposable
{
    private static readonly byte[] HashOfNothing = SHA256.HashData([]);

    // The time goes to the answer's headers; a body may take as long as it moves.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(100);

    private readonly HttpClient http = new(new SocketsHttpHandler { PooledConnectionLifetime = TimeSpan.FromMinutes(5), ConnectTimeout = TimeSpan.FromSeconds(5) }) { Timeout = Patience };
    private readonly SignatureV4 signature;
    private readonly Uri bucket;
    private readonly string prefix;
    private readonly ChatClock time;
    private readonly ResiliencePipeline<HttpResponseMessage> trying;

    public S3Blobs(S3Options options, string incoming, ChatClock time, TimeProvider clock)
    {
        (Incoming, prefix, this.time) = (Directory.CreateDirectory(incoming).FullName, options.Prefix, time);
        signature = new SignatureV4(options.Key, options.Secret, options.Region);
        bucket = BucketOf(options);
        trying = new ResiliencePipelineBuilder<HttpResponseMessage> { TimeProvider = clock }.AddRetry(new RetryStrategyOptions<HttpResponseMessage>
        {
            MaxRetryAttempts = 2,
            Delay = TimeSpan.FromMilliseconds(200),
            BackoffType = DelayBackoffType.Exponential,
            UseJitter = true,
            ShouldHandle = attempt => ValueTask.FromResult(attempt.Outcome is { Exception: HttpRequestException } or { Result.StatusCode: >= HttpStatusCode.InternalServerError or HttpStatusCode.TooManyRequests }),
            OnRetry = attempt =>
            {
                attempt.Outcome.Result?.Dispose();
                return ValueTask.CompletedTask;
            },
        }).Build();
    }

    public string Incoming { get; }

    public Task Put(string name, Spool file, CancellationToken cancellation) => Put(name, () => new StreamContent(file.Open(), 64 * 1024), file.Hash, cancellation);

    public Task Put(string name, byte[] bytes, CancellationToken cancellation) => Put(name, () => new ByteArrayContent(bytes), SHA256.HashData(bytes), cancellation);

    public async Task<Blob?> Open(string name, long from, long? length, CancellationToken cancellation)
    {
        var answer = await Ask(
            HttpMethod.Get, name, null, HashOfNothing,
            headers => headers.Range = from is 0 && length is null ? null : new RangeHeaderValue(from, from + length - 1), cancellation);
        if (answer.StatusCode is HttpStatusCode.NotFound)
        {
            answer.Dispose();
            return null;
        }
        await Check(answer);
        var content = await answer.Content.ReadAsStreamAsync(cancellation);
        return new Blob(content, answer.Content.Headers.ContentLength ?? length ?? throw new StoreUnavailableException("S3 does not say how long an object is.", new InvalidOperationException()));
    }

    public async Task Delete(string name, CancellationToken cancellation)
    {
        using var answer = await Ask(HttpMethod.Delete, name, null, HashOfNothing, _ => { }, cancellation);
        if (answer.StatusCode is not HttpStatusCode.NotFound) await Check(answer);
    }

    public void Dispose() => http.Dispose();

    private async Task Put(string name, Func<HttpContent> content, byte[] hash, CancellationToken cancellation)
    {
        using var answer = await Ask(HttpMethod.Put, name, content, hash, _ => { }, cancellation);
        await Check(answer);
    }

    private async Task<HttpResponseMessage> Ask(
        HttpMethod method, string name, Func<HttpContent>? content, byte[] hash, Action<HttpRequestHeaders> configure, CancellationToken cancellation)
    {
        try
        {
            return await trying.ExecuteAsync(async token =>
            {
                using var request = new HttpRequestMessage(method, new Uri(bucket, prefix + name)) { Content = content?.Invoke() };
                configure(request.Headers);
                signature.Sign(request, hash, time.Now);
                return await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, token);
            }, cancellation);
        }
        catch (Exception e) when (e is HttpRequestException || (e is OperationCanceledException && !cancellation.IsCancellationRequested))
        {
            throw new StoreUnavailableException("S3 cannot be reached.", e);
        }
    }

    private static async Task Check(HttpResponseMessage answer)
    {
        if (answer.IsSuccessStatusCode) return;
        var words = await answer.Content.ReadAsStringAsync();
        answer.Dispose();
        throw new StoreUnavailableException($"S3 answers {(int)answer.StatusCode}.", new HttpRequestException(words[..Math.Min(words.Length, 500)]));
    }

    private static Uri BucketOf(S3Options options)
    {
        var endpoint = new UriBuilder(options.Endpoint!);
        if (!options.PathStyle) endpoint.Host = $"{options.Bucket}.{endpoint.Host}";
        endpoint.Path = endpoint.Path.TrimEnd('/') + (options.PathStyle ? $"/{options.Bucket}/" : "/");
        return endpoint.Uri;
    }
}
