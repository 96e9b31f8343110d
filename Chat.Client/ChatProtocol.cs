namespace Chat.Client;

/// <summary>How the contract is written on the wire.</summary>
public enum ChatProtocol
{
    /// <summary>Text; passes every transport.</summary>
    Json = 0,

    /// <summary>
    /// Binary and smaller; needs WebSockets or long polling, and a program that is neither trimmed nor compiled ahead of time: in such
    /// a one the client's constructor throws a <see cref="NotSupportedException"/>.
    /// </summary>
    MessagePack,
}
