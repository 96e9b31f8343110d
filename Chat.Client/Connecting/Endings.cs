using Chat.Contracts;

namespace Chat.Client.Connecting;

/// <summary>Why a client gave up, in the words its callers know.</summary>
internal static class Endings
{
    public static ChatException ForCallers(this Exception reason) => reason switch
    {
        ChatException refusal => refusal,
        LinkEndedException { Closing: { } closing } => new ChatException(Code(closing), closing.Message, reason),
        _ => new ChatException(ErrorCode.Unauthenticated, "The server does not take the token.", reason),
    };

    private static ErrorCode Code(Closing closing) => closing.Code switch
    {
        CloseCode.Banned => ErrorCode.Banned,
        CloseCode.UnsupportedVersion => ErrorCode.UnsupportedVersion,
        _ when closing.Reconnect == ReconnectAdvice.AfterSignIn => ErrorCode.Unauthenticated,
        _ => ErrorCode.Forbidden,
    };
}
