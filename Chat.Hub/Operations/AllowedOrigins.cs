using Microsoft.AspNetCore.Cors.Infrastructure;
using Microsoft.Extensions.Options;

namespace Chat.Hub.Operations;

/// <summary>Lets pages of the allowed origins in, before anything asks who calls: a browser's first question carries no token.</summary>
internal sealed class AllowedOrigins(IOptions<OriginOptions> options) : IStartupFilter
{
    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        if (options.Value.Listed is { Length: > 0 } origins) app.UseCors(policy => Allow(policy, origins));
        next(app);
    };

    private static void Allow(CorsPolicyBuilder policy, string[] origins) =>
        policy.WithOrigins(origins).AllowAnyHeader().AllowAnyMethod().AllowCredentials().WithExposedHeaders("Retry-After").SetPreflightMaxAge(TimeSpan.FromHours(1));
}
