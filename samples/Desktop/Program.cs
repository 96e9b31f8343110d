using System.CommandLine;
using Chat.Client;
using Chat.Samples;
using Chat.Samples.Desktop;
using Chat.Samples.Desktop.Gtk;
using static Chat.Samples.Desktop.Gtk.Native;

var server = new Option<string>("--server") { Description = "Where the server is.", DefaultValueFactory = _ => "http://localhost:5080" };
var name = new Option<string>("--name") { Description = "Who you are: a guest, or with CHAT_PASSWORD an account.", DefaultValueFactory = _ => Environment.UserName };
var outbox = new Option<string?>("--outbox") { Description = "A file that keeps what waits to be sent, and beside it the sign-in, until the next start." };

var root = new RootCommand("Chat in a window.") { server, name, outbox };
root.SetAction(arguments => Run(new Uri(arguments.GetValue(server)!), arguments.GetValue(name)!, arguments.GetValue(outbox)));
return root.Parse(args).Invoke();

static int Run(Uri server, string name, string? outbox)
{
    // Of its own for each window: two people may sit at one screen.
    const int NonUnique = 1 << 5;
    var application = adw_application_new("chat.sample.desktop", NonUnique);
    using var http = new HttpClient();
    Task opening = Task.CompletedTask;
    ChatClient? chat = null;
    application.On("activate", () =>
    {
        // From here on this thread is GTK's.
        SynchronizationContext.SetSynchronizationContext(new GtkContext());
        Looks.Dress();
        opening = Open();
    });
    var code = g_application_run(application, 0, 0);
    if (chat is not null) Task.Run(() => chat.DisposeAsync().AsTask()).Wait();
    if (opening.Exception?.InnerException is { } error) Console.Error.WriteLine(error.Message);
    return opening.IsFaulted ? 1 : code;

    async Task Open()
    {
        // Until there is a window to stay open for.
        g_application_hold(application);
        try
        {
            var password = Environment.GetEnvironmentVariable("CHAT_PASSWORD");
            var login = new Login(new ChatSignIn(http, server), outbox is null ? null : outbox + ".sign-in");
            var signIn = await login.EnterAsync(name, password is null ? null : () => password, CancellationToken.None);
            chat = new ChatClient(new ChatClientOptions
            {
                Server = server,
                SignIn = signIn,
                ClientName = "Desktop",
                OutboxFile = outbox,
                EventContext = SynchronizationContext.Current,
            });
            new ChatWindow(application, chat).Present();
            g_application_release(application);
            await chat.StartAsync();
        }
        catch
        {
            g_application_quit(application);
            throw;
        }
    }
}
