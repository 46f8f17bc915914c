/// Certificates on P-256 with a life of a century, made with openssl: an authority, a server (`localhost`, `api.test`,
/// `127.0.0.1`, `::1`) and a client signed by it, and an authority that signed none of them.
enum Certificates {
    static let authority = """
        -----BEGIN CERTIFICATE-----
        MIIBmTCCAT+gAwIBAgIUIm6oLZV0VE9R+NH+y/6BVWOF4y8wCgYIKoZIzj0EAwIw
        GTEXMBUGA1UEAwwOdGVzdCBhdXRob3JpdHkwIBcNMjYxMTIxMDc0OTMwWhgPMjEy
        NjEwMjgwNzQ5MzBaMBkxFzAVBgNVBAMMDnRlc3QgYXV0aG9yaXR5MFkwEwYHKoZI
        zj0CAQYIKoZIzj0DAQcDQgAE/dxo58KuATxk36/xX4pIe/5ogM7up2xILFrO2jB5
        3jxUoZmJ17A9Nyt6bF7Ml9mR5G6qWZ/DbMwDK5h21wbfkqNjMGEwHQYDVR0OBBYE
        FAPPPpRUPYGpA/io0+CT/va/+qWyMB8GA1UdIwQYMBaAFAPPPpRUPYGpA/io0+CT
        /va/+qWyMA8GA1UdEwEB/wQFMAMBAf8wDgYDVR0PAQH/BAQDAgIEMAoGCCqGSM49
        BAMCA0gAMEUCIE6GpyqkUc3Sn9X7/8H5KDHucrIlMNoweNCc/y2/XHxlAiEAiaW1
        Tpe0xEApyl9HVyfEMLusv5NKHnUZ2uX/vFkHOgc=
        -----END CERTIFICATE-----
        """

    static let server = """
        -----BEGIN CERTIFICATE-----
        MIIBpzCCAU6gAwIBAgIUDqBDMcpS9Kw7H1adVJJBn1KoSQIwCgYIKoZIzj0EAwIw
        GTEXMBUGA1UEAwwOdGVzdCBhdXRob3JpdHkwIBcNMjYxMTIxMDc0OTMwWhgPMjEy
        NjA3MjAwNzQ5MzBaMBExDzANBgNVBAMMBnNlcnZlcjBZMBMGByqGSM49AgEGCCqG
        SM49AwEHA0IABB9Ij/q8UVeNjjaBqwGAkfnn/Pwuo7uD5PlDP5DiF0UaZiJ4RCKU
        wpU4wKUt+loCdDu7vXUEdL9uCo2MjKsLTaijejB4MDYGA1UdEQQvMC2CCWxvY2Fs
        aG9zdIIIYXBpLnRlc3SHBH8AAAGHEAAAAAAAAAAAAAAAAAAAAAEwHQYDVR0OBBYE
        FIQAT35vGYaJvktbFuLp8WdBpAHPMB8GA1UdIwQYMBaAFAPPPpRUPYGpA/io0+CT
        /va/+qWyMAoGCCqGSM49BAMCA0cAMEQCIA2US1DsEd1DN1vS91wCIjjUY4HXC+Dt
        qlSJO+2d+wXYAiBQvEUWfBNXUUim2qwce/Fd0x25eYJ8e9KWMZPJ9kZVZQ==
        -----END CERTIFICATE-----
        """

    static let serverKey = """
        -----BEGIN PRIVATE KEY-----
        MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgMBhYOAyldUMaHGHA
        c6vxxtropmfrITzxWL2c7DxvAROhRANCAAQfSI/6vFFXjY42gasBgJH55/z8LqO7
        g+T5Qz+Q4hdFGmYieEQilMKVOMClLfpaAnQ7u711BHS/bgqNjIyrC02o
        -----END PRIVATE KEY-----
        """

    static let client = """
        -----BEGIN CERTIFICATE-----
        MIIBhTCCASugAwIBAgIUDqBDMcpS9Kw7H1adVJJBn1KoSQMwCgYIKoZIzj0EAwIw
        GTEXMBUGA1UEAwwOdGVzdCBhdXRob3JpdHkwIBcNMjYxMTIxMDc0OTMwWhgPMjEy
        NjA3MjAwNzQ5MzBaMBExDzANBgNVBAMMBmNsaWVudDBZMBMGByqGSM49AgEGCCqG
        SM49AwEHA0IABC81SyExgf+XVlh2hxi1a63s7f/xthfENBDuclMLKdV8H7G2IZJI
        5H2aaAEAGftO7XPMJHad6fm/rDE1r4hh8NqjVzBVMBMGA1UdJQQMMAoGCCsGAQUF
        BwMCMB0GA1UdDgQWBBTKIB4yWQDyqDVq2BFbSgUqWOdQozAfBgNVHSMEGDAWgBQD
        zz6UVD2BqQP4qNPgk/72v/qlsjAKBggqhkjOPQQDAgNIADBFAiBsmf1m83fSbekx
        /qZjeFKZmhEuW/JaqtUVvWJoCMirRQIhAMat/LB0823q0Osu7VcAnTrbVKEpib+A
        5mimS4Y6M483
        -----END CERTIFICATE-----
        """

    static let clientKey = """
        -----BEGIN PRIVATE KEY-----
        MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgO88dvI9eUyLw48z9
        CHaHEnTFIQj0191Cfczv25obOIuhRANCAAQvNUshMYH/l1ZYdocYtWut7O3/8bYX
        xDQQ7nJTCynVfB+xtiGSSOR9mmgBABn7Tu1zzCR2nen5v6wxNa+IYfDa
        -----END PRIVATE KEY-----
        """

    static let otherAuthority = """
        -----BEGIN CERTIFICATE-----
        MIIBizCCATGgAwIBAgIUbH1b5h5nOira/tPNbpRpTitZndkwCgYIKoZIzj0EAwIw
        GjEYMBYGA1UEAwwPb3RoZXIgYXV0aG9yaXR5MCAXDTI2MTEyMTA3NDkzMFoYDzIx
        MjYxMDI4MDc0OTMwWjAaMRgwFgYDVQQDDA9vdGhlciBhdXRob3JpdHkwWTATBgcq
        hkjOPQIBBggqhkjOPQMBBwNCAARrqkOxf2Z9ey0FAz7V6ac0pp+t1uYmmoxSpaDq
        RbtZTj2ll6yU2lbze5iNoOyR8rSsmn6lqRzqeiF3Xgh8sVRho1MwUTAdBgNVHQ4E
        FgQUqueLH0dcs+YoBQHLpzBUu4Jo/8QwHwYDVR0jBBgwFoAUqueLH0dcs+YoBQHL
        pzBUu4Jo/8QwDwYDVR0TAQH/BAUwAwEB/zAKBggqhkjOPQQDAgNIADBFAiEA+3dF
        3Btj5GrgrUTpmUTAaSXyqqZIxNbGJG8k/zPigg4CIGNcP4fRkgwYpH2V/uh2duky
        WPL1fFi/HgzmZXxxMqZM
        -----END CERTIFICATE-----
        """
}
