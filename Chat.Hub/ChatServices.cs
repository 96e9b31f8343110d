using Chat.Hub.Attachments;
using Chat.Hub.Delivery;
using Chat.Hub.Hubs;
using Chat.Hub.Integrations;
using Chat.Hub.Nodes;
using Chat.Hub.Operations;
using Chat.Hub.Presence;
using Chat.Hub.Rooms;
using Chat.Hub.SignIn;
using Chat.Hub.Storage;
using Chat.Hub.Storage.PostgreSql;
using Chat.Hub.Storage.Sqlite;
using Chat.Hub.Streams;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Chat.Hub;

/// <summary>Adds Chat to an ASP.NET Core application.</summary>
public static class ChatServices
{
    /// <summary>
    /// Adds the services of Chat, configured from the section <c>Chat</c>. They keep to themselves: the application's own
    /// SignalR hubs, JSON settings and authentication schemes stay as they are.
    /// </summary>
    /// <exception cref="OptionsValidationException">At start: a setting is out of its range; the message names it.</exception>
    /// <exception cref="InvalidOperationException">At start: the store is in use, or newer than this version.</exception>
    public static IHostApplicationBuilder AddChat(this IHostApplicationBuilder builder)
    {
        var services = builder.Services;
        var settings = builder.Configuration.GetSection("Chat");
        Configure<StoreOptions>("Store");
        Configure<LogOptions>("Log");
        Configure<RoomLimits>("Rooms");
        Configure<DeliveryOptions>("Delivery");
        Configure<PresenceOptions>("Presence");
        Configure<BackplaneOptions>("Redis").Validate<IOptions<StoreOptions>>(
            (redis, store) => redis.Connection is null || store.Value.PostgreSql is not null,
            "Chat:Redis:Connection is for several nodes, and they need one store: set Chat:Store:PostgreSql too.");
        Configure<DrainingOptions>("Draining");
        Configure<SignInOptions>("SignIn");
        Configure<ProxyOptions>();
        Configure<OriginOptions>();
        Configure<AttachmentOptions>("Attachments");
        Configure<S3Options>("Attachments:S3");
        Configure<StreamOptions>("Streams");
        Configure<WebhookOptions>("Webhooks");
        Configure<BotOptions>("Bots");

        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<ChatClock>();
        services.AddChatMetrics();
        AddStorage(services, isShared: settings["Store:PostgreSql"] is not null);
        AddSignIn(services);
        AddHub(services);
        AddNodes(services);
        AttachmentServices.Add(services, inBucket: settings["Attachments:S3:Bucket"] is not null);
        AddIntegrations(services);
        services.AddSingleton<DrainState>().AddSingleton<Drain>();
        DrainingLifetime.Wrap(services);
        services.AddCors().AddTransient<IStartupFilter, AllowedOrigins>();
        services.AddHostedService<FirstStart>();
        // The framework's line for each request holds its query, and a WebSocket's query its token. First in the list: a
        // rule of the application for the same category wins.
        services.Configure<LoggerFilterOptions>(logs => logs.Rules.Insert(0, new LoggerFilterRule(null, "Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.Warning, null)));
        return builder;

        OptionsBuilder<T> Configure<T>(string? name = null) where T : class
        {
            var section = name is null ? settings : settings.GetSection(name);
            services.AddSingleton<IValidateOptions<T>>(new KeyedValidation<T>(section.Path));
            return services.AddOptions<T>().Bind(section).ValidateOnStart();
        }
    }

    private static void AddStorage(IServiceCollection services, bool isShared)
    {
        services.AddSingleton(provider => StorePath.Of(provider));
        if (isShared) AddPostgreSql(services);
        else AddSqlite(services);
        services.AddSingleton<MentionLookup>();
        services.AddSingleton<Finder>();
        services.AddSingleton<RoomLog>();
        services.AddSingleton<Audience>();
        services.AddSingleton<RoomSpeaker>();
        services.AddSingleton<NodeIdentity>();
        services.AddSingleton<Backplane>().AddHostedService(provider => provider.GetRequiredService<Backplane>());
        // Started in this order and stopped in the other: the log writes what it accepted while the announcer still tells it.
        services.AddSingleton<Announcer>().AddHostedService(provider => provider.GetRequiredService<Announcer>());
        services.AddHostedService(provider => provider.GetRequiredService<RoomLog>());
    }

    private static void AddSqlite(IServiceCollection services)
    {
        services.AddSingleton(provider => new SqliteStore(
            provider.GetRequiredService<StorePath>().File, provider.GetRequiredService<IOptions<StoreOptions>>().Value,
            provider.GetRequiredService<ILogger<SqliteStore>>()));
        AddStore<SqliteStore>(services);
        services.AddSingleton<INews, SqliteNews>();
    }

    private static void AddPostgreSql(IServiceCollection services)
    {
        services.AddSingleton(provider => new PostgreSqlSessions(
            provider.GetRequiredService<IOptions<StoreOptions>>().Value.PostgreSql!, provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<PostgreSqlStore>();
        AddStore<PostgreSqlStore>(services);
        services.AddSingleton<INews, PostgreSqlNews>();
        services.AddHostedService<PostgreSqlOpening>();
    }

    private static void AddSignIn(IServiceCollection services)
    {
        services.AddSingleton(provider => SigningKey.From(
            provider.GetRequiredService<IOptions<SignInOptions>>().Value.SigningKey,
            () => provider.GetRequiredService<StorePath>().Beside("signing.key")));
        services.AddSingleton<IValidateOptions<SignInOptions>, SharedSigningKey>();
        services.AddSingleton<TokenIssuer>();
        services.AddSingleton<Accounts>();
        services.AddSingleton<Sessions>().AddSingleton<LiveSessions>().AddSingleton<SessionUses>();
        services.AddSingleton<SessionKeeper>().AddHostedService(provider => provider.GetRequiredService<SessionKeeper>());
        services.AddSingleton<SignInLimiter>();
        services.AddSingleton<TokenChecking>().AddSingleton<IConfigureOptions<JwtBearerOptions>>(provider => provider.GetRequiredService<TokenChecking>());
        services.AddAuthentication().AddScheme<AuthenticationSchemeOptions, TokenHandler>(TokenChecking.Scheme, null).AddJwtBearer(TokenChecking.ExternalScheme, _ => { });
        services.AddAuthorization();
    }

    private static void AddHub(IServiceCollection services)
    {
        // AddHubOptions is what makes the handler look at the hub's own options; HubSettings then sets them.
        services.AddSignalR().AddHubOptions<ChatHub>(_ => { });
        // In memory, whatever backplane the application has for its hubs: Chat has its way between nodes.
        services.AddSingleton<Fanout>().AddSingleton<HubLifetimeManager<ChatHub>>(provider => provider.GetRequiredService<Fanout>());
        services.AddSingleton<ChatProtocols>();
        services.AddSingleton<CallFilter>();
        services.AddSingleton<IConfigureOptions<HubOptions<ChatHub>>, HubSettings>();
        services.AddSingleton(provider => ActivatorUtilities.CreateInstance<HubConnectionHandler<ChatHub>>(
            provider,
            provider.GetRequiredService<ChatProtocols>(),
            new ChatUserIds(),
            new QuietLoggerFactory(provider.GetRequiredService<ILoggerFactory>())));
        services.AddSingleton<ConnectionGate>();
        services.AddSingleton<Connections>();
        services.AddSingleton<ChangeLimiter>();
        services.AddSingleton<CallLimiter>();
        services.AddSingleton<Arrivals>();
        services.AddSingleton<RoomPasswords>();
        services.AddSingleton<Entrance>();
        services.AddHostedService<RoomKeeper>();
        services.AddSingleton<Attendance>();
        services.AddSingleton<Roster>();
        services.AddHostedService<PresenceTeller>();
        services.AddSingleton<People>();
        services.AddSingleton<LastSeen>().AddHostedService(provider => provider.GetRequiredService<LastSeen>());
        services.AddHostedService<StatusEnds>();
    }

    private static void AddNodes(IServiceCollection services)
    {
        services.AddSingleton<Gossip>().AddHostedService(provider => provider.GetRequiredService<Gossip>());
        services.AddSingleton<Reach>();
        services.AddSingleton<Watch>().AddHostedService(provider => provider.GetRequiredService<Watch>());
        services.AddHostedService<Switchboard>();
    }

    // One store behind all: each part of Chat sees its own side of it.
    private static void AddStore<T>(IServiceCollection services)
        where T : class, IRoomStore, IRoomPages, IRoomUpkeep, IAttachmentStore, IStreamStore, IWebhookStore, IBotStore, ISessionStore, IPeopleStore
    {
        services.AddSingleton<IRoomStore>(provider => provider.GetRequiredService<T>());
        services.AddSingleton<IRoomPages>(provider => provider.GetRequiredService<T>());
        services.AddSingleton<IRoomUpkeep>(provider => provider.GetRequiredService<T>());
        services.AddSingleton<IAttachmentStore>(provider => provider.GetRequiredService<T>());
        services.AddSingleton<IStreamStore>(provider => provider.GetRequiredService<T>());
        services.AddSingleton<IWebhookStore>(provider => provider.GetRequiredService<T>());
        services.AddSingleton<IBotStore>(provider => provider.GetRequiredService<T>());
        services.AddSingleton<ISessionStore>(provider => provider.GetRequiredService<T>());
        services.AddSingleton<IPeopleStore>(provider => provider.GetRequiredService<T>());
    }

    private static void AddIntegrations(IServiceCollection services)
    {
        services.AddSingleton<StreamVoice>().AddSingleton<StreamLimiter>().AddSingleton<OpenStreams>().AddHostedService<StreamKeeper>();
        services.AddSingleton<Bots>();
        services.AddSingleton<Webhooks>().AddSingleton<WebhookLimiter>().AddSingleton<WebhookPost>().AddSingleton<WebhookRound>();
        services.AddSingleton<WebhookCourier>().AddHostedService(provider => provider.GetRequiredService<WebhookCourier>());
        services.AddChatDescription();
    }
}
