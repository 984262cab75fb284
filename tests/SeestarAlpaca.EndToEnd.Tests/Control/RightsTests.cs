using System.Net;
using System.Security.Cryptography;
using SeestarAlpaca.EndToEnd.Tests.Support;
using SeestarAlpaca.Options;
using SeestarAlpaca.Seestar.Control;
using SeestarAlpaca.Simulator;

namespace SeestarAlpaca.EndToEnd.Tests.Control;

/// <summary>
/// Every kind of firmware with every kind of key, with control allowed or not, to this caller or not: watching always works, control exactly when it is
/// allowed, the sentence says what is missing, and the telescope never resets a connection because of us.
/// </summary>
public sealed class RightsTests
{
    private static readonly string[] Firmwares = ["4.27", "6.70", "7.32"];
    private static readonly string[] Keys = ["right", "wrong", "none"];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static TheoryData<string, string, bool, bool> Cases
    {
        get
        {
            var cases = new TheoryData<string, string, bool, bool>();
            foreach (var (firmware, key) in Firmwares.SelectMany(firmware => Keys.Select(key => (firmware, key))))
            {
                cases.Add(firmware, key, true, true);
                cases.Add(firmware, key, true, false);
                cases.Add(firmware, key, false, true);
                cases.Add(firmware, key, false, false);
            }

            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Watching_always_works_and_control_exactly_when_it_is_allowed(string firmware, string key, bool allowed, bool caller)
    {
        await using var telescope = await SeestarSimulator.StartAsync(
            Observatory.FastTelescope with { Firmware = firmware, Subs = 2 }, TimeProvider.System, Microsoft.Extensions.Logging.Abstractions.NullLoggerFactory.Instance, Cancellation);
        using var folder = new KeyFolder();
        var options = new ServerOptions
        {
            Grace = TimeSpan.FromSeconds(1),
            AllowControl = allowed,
            AllowControlFrom = caller ? new ServerOptions().AllowControlFrom : [IPNetwork.Parse("192.0.2.0/24")],
            KeyFile = key switch { "right" => folder.Write(telescope.PrivateKeyPem), "wrong" => folder.WriteAnother(), _ => null },
        };
        await using var observatory = await Observatory.StartServerAsync([telescope], options, null, null, Cancellation);
        var isLocked = firmware == "7.32";
        var missing = !allowed ? "AllowControl" : !caller ? "AllowControlFrom" : isLocked && key == "wrong" ? "refused the key" : isLocked && key == "none" ? "KeyFile" : null;
        await observatory.WaitAsync(seen => seen.Session.Snapshot.Access != Access.Unknown);
        await observatory.LookAsync(2);

        var client = observatory.Client(0, 11);
        await client.ConnectAsync();
        var exposed = await client.ExposeAsync(0.02);
        var picture = await client.DownloadBytesAsync();
        var gain = await client.GetAsync("gain");
        var heater = await client.PutAsync("action", ("Action", "SetDewHeater"), ("Parameters", "30"));

        Assert.Equal((0, 216), (exposed.Error, picture.Width));
        Assert.Equal(missing is null ? (0, 0) : (0x400, 0x40B), (gain.Error, heater.Error));
        Assert.Equal(missing is null, telescope.ControlRequests.Keys.Any(request => request.StartsWith("pi_output_set2", StringComparison.Ordinal)));
        Assert.Contains(missing ?? string.Empty, gain.Message, StringComparison.Ordinal);
        Assert.Contains(missing ?? string.Empty, heater.Message, StringComparison.Ordinal);
        Assert.Equal((0, 1), (telescope.ControlResets, telescope.ControlConnections));
    }

    private sealed class KeyFolder : IDisposable
    {
        private readonly string _path = Directory.CreateTempSubdirectory("seestaralpaca-test-").FullName;

        public string Write(string pem)
        {
            var file = Path.Combine(_path, "key.pem");
            File.WriteAllText(file, pem);
            return file;
        }

        public string WriteAnother()
        {
            using var rsa = RSA.Create(1024);
            return Write(rsa.ExportRSAPrivateKeyPem());
        }

        public void Dispose() => Directory.Delete(_path, recursive: true);
    }
}
