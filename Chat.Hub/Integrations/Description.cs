using System.Text.Json.Nodes;
using Chat.Contracts;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Chat.Hub.Integrations;

/// <summary>
/// What can be asked over HTTP, as OpenAPI. A document of its own: it holds nothing of an application that Chat is part of,
/// and that one's documents hold nothing of Chat.
/// </summary>
internal static class Description
{
    /// <summary>The document, and the group of what is in it.</summary>
    public const string Name = "chat";

    public static void AddChatDescription(this IServiceCollection services) => services.AddOpenApi(Name, options =>
    {
        options.ShouldInclude = described => described.GroupName == Name;
        options.AddSchemaTransformer((schema, context, _) =>
        {
            if (context.JsonTypeInfo.Type is { IsEnum: true } type && type.Assembly == typeof(ChatPaths).Assembly) Describe(schema, type);
            return Task.CompletedTask;
        });
        options.AddDocumentTransformer((document, _, _) =>
        {
            document.Info = new OpenApiInfo { Title = "Chat", Version = $"{ChatContract.Version}" };
            // Where it is mapped decides, not where it was asked from.
            document.Servers?.Clear();
            return Task.CompletedTask;
        });
    });

    /// <summary>Maps the document. Last: all that is mapped in the group is in it.</summary>
    public static void MapDescription(this RouteGroupBuilder routes)
    {
        routes.WithGroupName(Name);
        routes.MapGet(ChatPaths.OpenApi, async (HttpContext http) =>
        {
            var document = await http.RequestServices.GetRequiredKeyedService<IOpenApiDocumentProvider>(Name).GetOpenApiDocumentAsync(http.RequestAborted);
            return Results.Text(await document.SerializeAsJsonAsync(OpenApiSpecVersion.OpenApi3_1, http.RequestAborted), "application/json; charset=utf-8");
        }).ExcludeFromDescription();
    }

    public static RouteHandlerBuilder Takes<T>(this RouteHandlerBuilder endpoint) where T : notnull => endpoint.Accepts<T>("application/json");

    public static RouteHandlerBuilder Answers<T>(this RouteHandlerBuilder endpoint, string summary) =>
        endpoint.WithSummary(summary).Produces<T>().Produces<Reply>(StatusCodes.Status400BadRequest);

    // As it is on the wire.
    private static void Describe(OpenApiSchema schema, Type type)
    {
        schema.Type = JsonSchemaType.String;
        schema.Enum = [.. Enum.GetNames(type).Select(name => (JsonNode)System.Text.Json.JsonNamingPolicy.SnakeCaseLower.ConvertName(name))];
    }
}
