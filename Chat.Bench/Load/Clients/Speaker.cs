using System.Text;

namespace Chat.Bench.Load.Clients;

/// <summary>One who sends to a room, from a frame that is made once and filled in each time.</summary>
internal sealed class Speaker
{
    private readonly SwarmClient client;
    private readonly byte[] frame;
    private readonly List<int> blanks;
    private readonly List<int> moments;

    /// <param name="client">Through which.</param>
    /// <param name="number">Its number in the marks, of which no two are the same.</param>
    /// <param name="listeners">How many are told each message, itself among them.</param>
    /// <param name="call">What is sent, with <see cref="Numbered.Text"/>, and with <see cref="Numbered.Moment"/> and <see cref="Numbered.Blank"/> where an id is to be another each time.</param>
    public Speaker(SwarmClient client, int number, int listeners, string call)
    {
        (this.client, Number, Listeners) = (client, number, listeners);
        frame = client.Seat.Dialect.Frame(call);
        (blanks, moments) = (Places(Numbered.Blank), Places(Numbered.Moment));
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
        foreach (var moment in moments) Numbered.WriteMoment(frame.AsSpan(moment), DateTimeOffset.UtcNow);
        client.Write(frame);
    }

    private List<int> Places(string text)
    {
        var words = Encoding.ASCII.GetBytes(text);
        var places = new List<int>();
        for (int at = 0, next; (next = frame.AsSpan(at).IndexOf(words)) >= 0; at += next + 1) places.Add(at + next);
        return places;
    }
}
