using System.Buffers.Binary;
using System.Net;

namespace SeestarAlpaca.Seestar.Discovery;

/// <summary>The IPv4 addresses this computer has at the moment.</summary>
public interface INetworkInterfaces
{
    /// <summary>Every IPv4 address of every interface that is up, loopback included.</summary>
    IReadOnlyList<InterfaceAddress> GetIPv4Addresses();
}

/// <summary>An IPv4 address of one of this computer's interfaces.</summary>
/// <param name="Address">The address.</param>
/// <param name="PrefixLength">Bits of it that are the network's; 0 to 32.</param>
/// <param name="Index">The interface's number; 0 when unknown.</param>
/// <param name="IsLoopback">Whether it reaches this computer only.</param>
/// <param name="SupportsMulticast">Whether the interface says that it can do multicast. Loopback interfaces deny it and can.</param>
public sealed record InterfaceAddress(IPAddress Address, int PrefixLength, int Index, bool IsLoopback, bool SupportsMulticast)
{
    private uint Mask => PrefixLength == 0 ? 0 : uint.MaxValue << (32 - PrefixLength);

    /// <summary>The network's broadcast address; null where there is none (point-to-point links, and a prefix that is no network).</summary>
    public IPAddress? Broadcast => PrefixLength is > 0 and < 31 ? ToAddress(ToNumber(Address) | ~Mask) : null;

    /// <summary>Whether an IPv4 address is in this interface's network.</summary>
    public bool Reaches(IPAddress other) =>
        other.AddressFamily == Address.AddressFamily && (ToNumber(other) & Mask) == (ToNumber(Address) & Mask);

    private static uint ToNumber(IPAddress address)
    {
        Span<byte> bytes = stackalloc byte[4];
        return address.TryWriteBytes(bytes, out _)
            ? BinaryPrimitives.ReadUInt32BigEndian(bytes)
            : throw new ArgumentException($"{address} is no IPv4 address.", nameof(address));
    }

    private static IPAddress ToAddress(uint number)
    {
        Span<byte> bytes = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, number);
        return new IPAddress(bytes);
    }
}
