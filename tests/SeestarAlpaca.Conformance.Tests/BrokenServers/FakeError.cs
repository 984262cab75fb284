namespace SeestarAlpaca.Conformance.Tests.BrokenServers;

/// <summary>An ASCOM error: HTTP 200 with a number.</summary>
internal sealed class FakeErrorException(int number, string message) : Exception(message)
{
    public int Number => number;

    public static FakeErrorException NotImplemented() => new(0x400, "This camera has no such thing.");

    public static FakeErrorException InvalidValue() => new(0x401, "The value is out of range.");

    public static FakeErrorException NotConnected() => new(0x407, "Connect first.");

    public static FakeErrorException InvalidOperation() => new(0x40B, "That is not possible now.");
}

/// <summary>An HTTP status with plain text.</summary>
internal sealed class FakeStatusException(int status, string message) : Exception(message)
{
    public int Status => status;
}
