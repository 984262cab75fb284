using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace SeestarAlpaca.Imaging.Checksums;

/// <summary>
/// The long middle of a CRC-32 with the processor's carry-less multiplication: 64 bytes are folded onto the next 64, which leaves 16 bytes with the
/// same remainder as all that went before. The constants are powers of x modulo the polynomial, bit-reflected: x⁵⁴⁴ and x⁴⁸⁰ to go on by 64 bytes, x¹⁶⁰ and
/// x⁹⁶ by 16.
/// </summary>
internal static class Crc32Folding
{
    /// <summary>Fewer bytes are not worth it.</summary>
    public const int Least = 128;

    /// <summary>Bytes of a lane.</summary>
    public const int Lane = 16;

    /// <summary>Whether this processor can.</summary>
    public static bool IsSupported => Pclmulqdq.IsSupported;

    /// <summary>Folds as many bytes as fill lanes; up to 15 at the end are left to the caller.</summary>
    /// <param name="register">The checksum's register so far.</param>
    /// <param name="bytes">At least <see cref="Least"/>.</param>
    /// <returns>16 bytes that, taken in by a register of 0, have the effect of all those folded.</returns>
    public static Vector128<ulong> Fold(uint register, ReadOnlySpan<byte> bytes)
    {
        var far = Vector128.Create(0x154442bd4UL, 0x1c6e41596UL);
        var near = Vector128.Create(0x1751997d0UL, 0x0ccaa009eUL);
        var lanes = MemoryMarshal.Cast<byte, Vector128<ulong>>(bytes);
        var (a, b, c, d) = (lanes[0] ^ Vector128.CreateScalar((ulong)register), lanes[1], lanes[2], lanes[3]);
        var next = 4;
        for (; next + 4 <= lanes.Length; next += 4)
        {
            a = Step(a, far) ^ lanes[next];
            b = Step(b, far) ^ lanes[next + 1];
            c = Step(c, far) ^ lanes[next + 2];
            d = Step(d, far) ^ lanes[next + 3];
        }

        a = Step(a, near) ^ b;
        a = Step(a, near) ^ c;
        a = Step(a, near) ^ d;
        for (; next < lanes.Length; next++)
        {
            a = Step(a, near) ^ lanes[next];
        }

        return a;
    }

    private static Vector128<ulong> Step(Vector128<ulong> lane, Vector128<ulong> powers) =>
        Pclmulqdq.CarrylessMultiply(lane, powers, 0x00) ^ Pclmulqdq.CarrylessMultiply(lane, powers, 0x11);
}
