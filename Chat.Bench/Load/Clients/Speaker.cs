using System.Text;

namespace Chat.Bench.Load.Clients;

/// <summary>One who sends to a room, from a frame that is made once and filled in each time.</summary>
internal sealed class Speaker
{
    private readonly SwarmClient client;
    private readonly byte[] frame;
    private readonly List<int> blanks = [];

    /// <param name="client">Through which.</param>
    /// <param name="number">Its number in the marks, of which no two are the same.</param>
    /// <param name="listeners">How many are told each message, itself among them.</param>
    /// <param name="call">What is sent, with <see cref="Numbered.Text"/>, and with <see cref="Numbered.Blank"/> where an id is to be another each time.</param>
    public Speaker(SwarmClient client, int number, int listeners, string call)
    {
        (this.client, Number, Listeners) = (client, number, listeners);
        frame = client.Seat.Dialect.Frame(call);
        var blank = Encoding.ASCII.GetBytes(Numbered.Blank);
        for (var at = frame.AsSpan().IndexOf(blank); at >= 0;)
        {
            blanks.Add(at);
            var next = frame.AsSpan(at + 1).IndexOf(blank);
            at = next < 0 ? -1 : at + 1 + next;
        }
        client.Speaker = this;
    }

    public int Number { get; }

    public int Listeners { get; }

    public SwarmClient Client => client;

    public int Sent { get; private set; }

    /// <summary>Its last message was answered, and it heard it itself.</summary>
    public bool IsDone => client.Answered == Sent && client.LastOf(Number) == Sent;

    public void Send()
    {
        Sent++;
        foreach (var blank in blanks) Numbered.Write(frame.AsSpan(blank), Number, Sent);
        client.Write(frame);
    }
}
