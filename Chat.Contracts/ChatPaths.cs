namespace Chat.Contracts;

/// <summary>Where things are below the address of the server (or below the prefix given to <c>MapChat</c>).</summary>
public static class ChatPaths
{
    /// <summary>The SignalR hub.</summary>
    public const string Hub = "/hubs/chat";

    /// <summary>
    /// In the hub's query: a random key, new for each connection. A proxy before several nodes keeps requests with one key
    /// on one node.
    /// </summary>
    public const string HubAffinity = "affinity";

    /// <summary>POST <see cref="GuestSignIn"/>: a guest by name.</summary>
    public const string GuestSignIn = "/api/sign-in/guest";

    /// <summary>POST <see cref="AccountSignIn"/>: an account by name and password.</summary>
    public const string AccountSignIn = "/api/sign-in/account";

    /// <summary>POST, with a token of the embedding product as bearer: the user whom it names, made at the first time.</summary>
    public const string ExternalSignIn = "/api/sign-in/external";

    /// <summary>POST <see cref="Contracts.RenewSignIn"/>: a new access token and the next refresh token of the same session.</summary>
    public const string RenewSignIn = "/api/sign-in/renew";

    /// <summary>POST <see cref="Contracts.BotSignIn"/>: a bot by its token.</summary>
    public const string BotSignIn = "/api/sign-in/bot";

    /// <summary>POST <see cref="CreateAccount"/>: a new account, signed in. The first is the administrator.</summary>
    public const string Accounts = "/api/accounts";

    /// <summary>
    /// POST, with the file as body, its length in <c>Content-Length</c> and its name in the query (<c>?name=</c>):
    /// an <see cref="Attachment"/> of the room <c>{roomId}</c>, to be sent with <see cref="SendMessage.AttachmentIds"/> within 24 hours.
    /// </summary>
    public const string RoomAttachments = "/api/rooms/{roomId}/attachments";

    /// <summary>GET: the file of an attachment <c>{attachmentId}</c>, for members of its room. Ranges and If-None-Match are answered.</summary>
    public const string Attachment = "/api/attachments/{attachmentId}";

    /// <summary>GET: a small picture of it.</summary>
    public const string Thumbnail = "/api/attachments/{attachmentId}/thumbnail";

    /// <summary>POST <see cref="PostByWebhook"/>: a message by an incoming webhook.</summary>
    public const string Webhook = "/api/webhooks/{webhookId}/{secret}";

    /// <summary>GET: a <see cref="BotList"/>; POST <see cref="CreateBot"/>: a <see cref="Contracts.BotToken"/>. For administrators.</summary>
    public const string Bots = "/api/admin/bots";

    /// <summary>DELETE: ends a bot, and its connections; the <see cref="Contracts.Bot"/> that it was. For administrators.</summary>
    public const string Bot = "/api/admin/bots/{botId}";

    /// <summary>POST: a <see cref="Contracts.BotToken"/>, in place of the one before. For administrators.</summary>
    public const string BotToken = "/api/admin/bots/{botId}/token";

    /// <summary>GET: a <see cref="RoomPage"/>, by the query <c>search</c>, <c>after</c> and <c>limit</c>.</summary>
    public const string Rooms = "/api/rooms";

    /// <summary>POST: comes into a room; a <see cref="RoomEntry"/>.</summary>
    public const string RoomJoin = "/api/rooms/{roomId}/join";

    /// <summary>
    /// GET: a page of <see cref="History"/>, by the query <c>beforeSeq</c>, <c>afterSeq</c>, <c>aroundSeq</c> and <c>limit</c>.
    /// POST <see cref="PostByHttp"/>: a <see cref="Message"/>, once for each <c>Idempotency-Key</c>.
    /// </summary>
    public const string RoomMessages = "/api/rooms/{roomId}/messages";

    /// <summary>GET: a <see cref="MemberPage"/>, by the query <c>search</c>, <c>after</c> and <c>limit</c>.</summary>
    public const string RoomMembers = "/api/rooms/{roomId}/members";

    /// <summary>GET: messages of the caller's rooms, as <see cref="IChatHub.Search"/>: <c>?text=</c>, and more of <see cref="SearchMessages"/>.</summary>
    public const string Search = "/api/search";

    /// <summary>GET: the description of all this, in OpenAPI 3.1.</summary>
    public const string OpenApi = "/openapi/v1.json";

    /// <summary>GET <see cref="ServerInfo"/>: what a sign-in page must know before anyone is signed in.</summary>
    public const string Info = "/api/info";
}

/// <summary>The version of this contract.</summary>
public static class ChatContract
{
    /// <summary>The version this assembly speaks. A server refuses versions it does not know with <see cref="ErrorCode.UnsupportedVersion"/>.</summary>
    public const int Version = 1;

    /// <summary>The largest whole number that both wires carry unharmed: 2^53 − 1 (JavaScript's safe integers).</summary>
    public const long MaxInteger = 9_007_199_254_740_991;
}
