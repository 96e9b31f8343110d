using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Chat.Tests.Running;

/// <summary>Somebody's server on the loopback address, which keeps what it is told and answers as the test says.</summary>
internal sealed class Listener : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly ConcurrentQueue<Told> told = [];

    private Listener(WebApplication app) => this.app = app;

    public Uri Address { get; private set; } = null!;

    /// <summary>What the next request is answered; 200 by default.</summary>
    public Func<Told, int> Answer { get; set; } = _ => StatusCodes.Status200OK;

    public IReadOnlyList<Told> All => [.. told];

    public static async Task<Listener> Start()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var app = builder.Build();
        var listener = new Listener(app);
        app.MapPost("/{**any}", async http =>
        {
            using var reader = new StreamReader(http.Request.Body);
            var body = await reader.ReadToEndAsync();
            var request = new Told(body, http.Request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString()));
            http.Response.StatusCode = listener.Answer(request);
            if (http.Response.StatusCode is 302) http.Response.Headers.Location = "/elsewhere";
            listener.told.Enqueue(request);
        });
        await app.StartAsync();
        listener.Address = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
        return listener;
    }

    /// <summary>Waits until so many requests have come.</summary>
    public Task Hears(int count) => Waiting.Until(() => Task.FromResult(told.Count >= count), TimeSpan.FromSeconds(20));

    public ValueTask DisposeAsync() => app.DisposeAsync();

    public sealed record Told(string Body, IReadOnlyDictionary<string, string> Headers)
    {
        public JsonNode Json => JsonNode.Parse(Body)!;

        public string Event => Json["event"]!.GetValue<string>();

        public string? Text => Json["message"]?["text"]?.GetValue<string>();
    }
}
