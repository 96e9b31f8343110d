using Microsoft.AspNetCore.Cors.Infrastructure;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.AspNetCore.Routing.Template;
using Microsoft.Extensions.Options;

namespace Chat.Hub.Operations;

/// <summary>
/// Lets pages of the allowed origins in, before anything asks who calls: a browser's first question carries no token. Only to
/// what is Chat's: the application around it has its own ways.
/// </summary>
internal sealed class AllowedOrigins(IOptions<OriginOptions> options) : IStartupFilter
{
    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        if (options.Value.Listed is { Length: > 0 } origins)
        {
            // Endpoints are mapped until the start is over.
            var paths = new Lazy<IReadOnlyList<TemplateMatcher>>(() => Paths(app.ApplicationServices.GetRequiredService<EndpointDataSource>()));
            app.UseWhen(
                http => http.Request.Headers.Origin.Count > 0 && paths.Value.Any(path => path.TryMatch(http.Request.Path, [])),
                ours => ours.UseCors(policy => Allow(policy, origins)));
        }
        next(app);
    };

    /// <summary>What the endpoints of Chat are marked with.</summary>
    public sealed record Mark;

    // What takes any path is the page's: it has no business with other origins.
    private static List<TemplateMatcher> Paths(EndpointDataSource endpoints) =>
    [
        .. endpoints.Endpoints.OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.Metadata.GetMetadata<Mark>() is not null && !endpoint.RoutePattern.Parameters.Any(parameter => parameter.IsCatchAll))
            .Select(endpoint => endpoint.RoutePattern)
            .DistinctBy(Text)
            .Select(pattern => new TemplateMatcher(new RouteTemplate(pattern), [])),
    ];

    private static string? Text(RoutePattern pattern) => pattern.RawText;

    private static void Allow(CorsPolicyBuilder policy, string[] origins) =>
        policy.WithOrigins(origins).AllowAnyHeader().AllowAnyMethod().AllowCredentials().WithExposedHeaders("Retry-After").SetPreflightMaxAge(TimeSpan.FromHours(1));
}
