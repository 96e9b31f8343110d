using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace Chat.Tests.Storage.PostgreSql;

/// <summary>Stands before PostgreSQL and cuts a connection when a statement passes.</summary>
internal sealed class CuttingProxy : IDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly int target;
    private volatile Cut? next;

    private sealed record Cut(byte[] Statement, bool IsPassedOn);

    public CuttingProxy(string connection)
    {
        var settings = new NpgsqlConnectionStringBuilder(connection);
        target = settings.Port;
        listener.Start();
        settings.Port = ((IPEndPoint)listener.LocalEndpoint).Port;
        // Statements pass by their text, not by the name they were prepared under; and nothing is encrypted.
        Connection = settings.ConnectionString + ";SSL Mode=Disable";
        _ = Accept();
    }

    public string Connection { get; }

    /// <summary>How often it cut.</summary>
    public int Cuts { get; private set; }

    /// <summary>Cuts once, when the statement comes: before PostgreSQL gets it, or after, so that its answer is lost.</summary>
    public void CutAt(string statement, bool isPassedOn) => next = new Cut(System.Text.Encoding.UTF8.GetBytes(statement), isPassedOn);

    public void Dispose() => listener.Dispose();

    private async Task Accept()
    {
        try
        {
            while (true) _ = Serve(await listener.AcceptTcpClientAsync());
        }
        catch (Exception e) when (e is ObjectDisposedException or SocketException)
        {
            // The test is over.
        }
    }

    private async Task Serve(TcpClient client)
    {
        using var server = new TcpClient();
        await server.ConnectAsync(IPAddress.Loopback, target);
        var isDeaf = new TaskCompletionSource();
        var back = Pass(server.GetStream(), client.GetStream(), isDeaf);
        try
        {
            await Read(client.GetStream(), server.GetStream(), isDeaf);
            // PostgreSQL has read all of it before it sees the end: it works it off.
            server.Client.Shutdown(SocketShutdown.Send);
            client.Client.Close(0);
            await back;
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException or SocketException)
        {
            client.Dispose();
        }
    }

    private async Task Read(NetworkStream client, NetworkStream server, TaskCompletionSource isDeaf)
    {
        var buffer = new byte[256 * 1024];
        for (int read; (read = await client.ReadAsync(buffer)) > 0;)
        {
            if (next is { } cut && buffer.AsSpan(0, read).IndexOf(cut.Statement) >= 0)
            {
                next = null;
                Cuts++;
                isDeaf.SetResult();
                if (cut.IsPassedOn) await server.WriteAsync(buffer.AsMemory(0, read));
                return;
            }
            await server.WriteAsync(buffer.AsMemory(0, read));
        }
    }

    private static async Task Pass(NetworkStream server, NetworkStream client, TaskCompletionSource isDeaf)
    {
        var buffer = new byte[256 * 1024];
        for (int read; (read = await server.ReadAsync(buffer)) > 0;)
        {
            if (!isDeaf.Task.IsCompleted) await client.WriteAsync(buffer.AsMemory(0, read));
        }
    }
}
