namespace Trasgo.Daemon;

/// <summary>The errors that writing a log meets and answers, with the numbers of Linux on x86-64 and arm64.</summary>
internal static class LogErrno
{
    public const int None = 0;
    public const int NoEntry = 2;
    public const int Interrupted = 4;
    public const int Again = 11;
    public const int BrokenPipe = 32;
    public const int NoSpace = 28;
    public const int MessageTooLong = 90;
    public const int WrongProtocol = 91;
    public const int NoBufferSpace = 105;
    public const int ConnectionRefused = 111;
    public const int InProgress = 115;
}
