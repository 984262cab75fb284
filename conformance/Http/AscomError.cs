namespace SeestarAlpaca.Conformance.Http;

/// <summary>ASCOM's error numbers as they go over Alpaca (alpaca-camera.md §1.6).</summary>
internal static class AscomError
{
    public const int NotImplemented = 0x400;
    public const int InvalidValue = 0x401;
    public const int NotConnected = 0x407;
    public const int InvalidOperation = 0x40B;
    public const int ActionNotImplemented = 0x40C;
    public const int First = 0x400;
    public const int Last = 0xFFF;
}
