using Microsoft.Extensions.FileProviders;

namespace Chat.Hub.Page;

/// <summary>Serves the web app, which is embedded in the assembly.</summary>
internal static class PageEndpoints
{
    private const string NotBuilt = """
        <!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
        <title>Chat</title><body style="font: 16px/1.5 system-ui; max-width: 40rem; margin: 4rem auto; padding: 0 1rem">
        <h1>Chat is running</h1>
        <p>This build has no web app in it, because Node was not found when it was built.
        Install <strong>Node 20 or newer</strong> (with npm) and build Chat.Hub again: <code>dotnet run --project Chat.Hub</code>.</p>
        <p>Everything else works: .NET and JavaScript clients can connect to <code>hubs/chat</code>.</p></body></html>
        """;

    /// <summary>The client for pages of others, which they may import from here.</summary>
    private const string Client = "chat-client.js";

    public static void MapPage(this RouteGroupBuilder routes)
    {
        var files = Files();
        if (files is null)
        {
            routes.MapGet("/", () => Results.Content(NotBuilt, "text/html; charset=utf-8")).ExcludeFromDescription();
            return;
        }

        var pipeline = ((IEndpointRouteBuilder)routes).CreateApplicationBuilder();
        pipeline.Use((http, next) =>
        {
            // The middleware leaves alone what routing has found an endpoint for.
            http.SetEndpoint(null);
            http.Request.Path = "/" + (http.GetRouteValue("file") as string ?? "index.html");
            return next(http);
        });
        pipeline.UseStaticFiles(new StaticFileOptions { FileProvider = files, OnPrepareResponse = served => Cache(served.Context) });
        var serve = pipeline.Build();
        routes.MapGet("/", http => RedirectToFolder(http) ? Task.CompletedTask : serve(http)).ExcludeFromDescription();
        routes.MapMethods($"/{Client}", ["GET", "HEAD"], http =>
        {
            http.Request.RouteValues["file"] = Client;
            return serve(http);
        }).ExcludeFromDescription();
        routes.MapMethods("/{**file:nonfile}", ["GET", "HEAD"], serve).WithOrder(int.MaxValue).ExcludeFromDescription();
        routes.MapMethods("/{**file:file}", ["GET", "HEAD"], serve).WithOrder(int.MaxValue).ExcludeFromDescription();
    }

    private static ManifestEmbeddedFileProvider? Files()
    {
        var assembly = typeof(PageEndpoints).Assembly;
        return new ManifestEmbeddedFileProvider(assembly).GetFileInfo("wwwroot/index.html").Exists
            ? new ManifestEmbeddedFileProvider(assembly, "wwwroot")
            : null;
    }

    // Addresses in the page are relative: without the slash at the end they would miss the prefix.
    private static bool RedirectToFolder(HttpContext http)
    {
        if (http.Request.Path.Value is not { Length: > 0 } path || path.EndsWith('/')) return false;
        http.Response.Redirect($"{http.Request.PathBase}{path}/");
        return true;
    }

    private static void Cache(HttpContext http)
    {
        // Built files carry a hash in their name; the page itself must be asked for each time.
        var headers = http.Response.Headers;
        headers.CacheControl = http.Request.Path.StartsWithSegments("/assets") ? "public, max-age=31536000, immutable" : "no-cache";
        headers.XContentTypeOptions = "nosniff";
        headers.ContentSecurityPolicy =
            "default-src 'self'; connect-src 'self' ws: wss:; img-src 'self' data: blob:; style-src 'self' 'unsafe-inline'; object-src 'none'; base-uri 'none'; frame-ancestors 'self'";
        headers["Referrer-Policy"] = "no-referrer";
    }
}
