using System.CommandLine;
using System.Text.Json;
using Chat.Client;
using Chat.Samples;
using Chat.Samples.Terminal;
using Spectre.Console;

var server = new Option<Uri>("--server")
{
    Description = "Where the server is.",
    DefaultValueFactory = _ => new Uri("http://localhost:5080"),
    CustomParser = result =>
    {
        if (Uri.TryCreate(result.Tokens[0].Value, UriKind.Absolute, out var uri)) return uri;
        result.AddError("--server is an address such as https://chat.example.org");
        return null;
    },
};
var name = new Option<string>("--name") { Description = "Who you are.", DefaultValueFactory = _ => Environment.UserName };
var account = new Option<bool>("--account") { Description = "Sign in with the password of an account: asked for, or taken from CHAT_PASSWORD." };
var outbox = new Option<string?>("--outbox") { Description = "A file that keeps what waits to be sent, and beside it the sign-in, until the next start." };

var root = new RootCommand("Chat in a terminal; in a pipe, lines in and lines out.") { server, name, account, outbox };
root.SetAction(async (arguments, ct) =>
{
    using var http = new HttpClient();
    var login = new Login(new ChatSignIn(http, arguments.GetValue(server)!), arguments.GetValue(outbox) is { } file ? file + ".sign-in" : null);
    try
    {
        using var signIn = await login.EnterAsync(arguments.GetValue(name)!, arguments.GetValue(account) ? Password : null, ct);
        await using var chat = new ChatClient(new ChatClientOptions
        {
            Server = arguments.GetValue(server)!,
            SignIn = signIn,
            ClientName = "Terminal",
            OutboxFile = arguments.GetValue(outbox),
        });
        var desk = new Desk(chat);
        await (Console.IsInputRedirected || Console.IsOutputRedirected ? new Pipe(desk).RunAsync(ct) : new Screen(desk).RunAsync(ct));
        return 0;
    }
    catch (Exception e) when (e is ChatException or HttpRequestException or IOException or JsonException)
    {
        await Console.Error.WriteLineAsync(e.Message);
        return 1;
    }
});
return await root.Parse(args).InvokeAsync();

static string Password() => Environment.GetEnvironmentVariable("CHAT_PASSWORD") ?? AnsiConsole.Prompt(new TextPrompt<string>("Password:").Secret());
