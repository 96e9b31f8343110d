namespace Chat.Client;

/// <summary>How the contract is written on the wire.</summary>
public enum ChatProtocol
{
    /// <summary>Text; passes every transport.</summary>
    Json = 0,

    /// <summary>Binary and smaller; needs WebSockets or long polling.</summary>
    MessagePack,
}
