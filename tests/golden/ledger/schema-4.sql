-- The ledger of schema-1.sql as schema 4 left it, but for where it lives. Written by the statements of that time; never edited.
PRAGMA application_id = 1331121201;
PRAGMA user_version = 4;
BEGIN TRANSACTION;
CREATE TABLE device (
            one INTEGER PRIMARY KEY CHECK (one = 1),
            incarnation TEXT NOT NULL,
            device TEXT NOT NULL,
            lane INTEGER,
            session_no INTEGER NOT NULL DEFAULT 0,
            last_seq INTEGER NOT NULL DEFAULT 0,
            highwater INTEGER NOT NULL DEFAULT 0,
            acked INTEGER NOT NULL DEFAULT 0,
            server_epoch TEXT NOT NULL DEFAULT '',
            hall_id TEXT NOT NULL DEFAULT '',
            feed_seq INTEGER NOT NULL DEFAULT 0,
            last_day TEXT,
            plan TEXT,
            plan_suspended INTEGER NOT NULL DEFAULT 0 CHECK (plan_suspended IN (0, 1)),
            lane_floor INTEGER NOT NULL DEFAULT 0,
            catalog_version TEXT NOT NULL DEFAULT '',
            catalog TEXT
        , home TEXT, replaces INTEGER, next_plan TEXT, contact_us INTEGER NOT NULL DEFAULT 0, before TEXT NOT NULL DEFAULT '', plan_rests TEXT, marked INTEGER NOT NULL DEFAULT 0 CHECK (marked IN (0, 1)), put_back TEXT, refused TEXT NOT NULL DEFAULT '') STRICT;
INSERT INTO device VALUES(1,'00000000000000000000000000000001','kiosk-1',2,1,6,2,2,'eeeeeeeeeeeeeeeeeeeeeeeeeeeeeeee','test-hall',2,'2026-11-24','{"plan_id":"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa","modulus":3,"residue":1,"first_day":"2026-11-24","last_day":"2026-12-01"}',0,0,'f298b59a851df526','{"hall":{"id":"test-hall","name":"测试大厅","name_en":"Test Hall","offset_minutes":480,"hours":{"monday":["00:00-24:00"],"tuesday":["00:00-24:00"],"wednesday":["00:00-24:00"],"thursday":["00:00-24:00"],"friday":["00:00-24:00"],"saturday":["00:00-24:00"],"sunday":["00:00-24:00"]},"notice":"","notice_en":"","public_url":"","calls_before_missed":3,"seconds_to_come":90,"returns_allowed":2,"serve_after_closing":true,"priority_age":65},"groups":[{"id":"alpha","prefix":"A","name":"甲类","name_en":"Alpha","icon":"a","examples":[],"examples_en":"","place":"一楼","place_en":"","usual_minutes":10.0,"daily_limit":null,"hours":null},{"id":"beta","prefix":"B","name":"乙类","name_en":"Beta","icon":"b","examples":[],"examples_en":"","place":"","place_en":"","usual_minutes":10.0,"daily_limit":null,"hours":null}],"services":[{"id":"alpha_one","group":"alpha","name":"甲事项","name_en":"One","department":"甲局","code":"","aliases":[],"initials":[],"usual_minutes":null,"online":false,"guide":null},{"id":"beta_one","group":"beta","name":"乙事项","name_en":"Two","department":"乙局","code":"","aliases":[],"initials":[],"usual_minutes":null,"online":false,"guide":null}],"windows":[{"number":1,"name":"1号窗口","name_en":"","place":"","groups":["alpha"],"helps":{}},{"number":2,"name":"2号窗口","name_en":"","place":"","groups":["beta"],"helps":{"alpha":10.0}},{"number":3,"name":"3号窗口","name_en":"","place":"","groups":["alpha","beta"],"helps":{}}]}',NULL,NULL,NULL,0,'',NULL,0,NULL,'');
CREATE TABLE fact (
            lane_seq INTEGER PRIMARY KEY,
            event_id TEXT NOT NULL UNIQUE,
            body TEXT NOT NULL,
            wall_us INTEGER NOT NULL,
            mono_us INTEGER NOT NULL,
            boot_id TEXT NOT NULL
        , acked_us INTEGER) STRICT;
INSERT INTO fact VALUES(1,'00000000000000000000000000000003','{"kind":"ticket_issued","ticket":"00000000000000000000000000000002","day":"2026-11-24","service":"card","group":"social","prefix":"A","lane":null,"n":1,"ticket_class":"ordinary","offline":false}',1795482000000000,10000000,'bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb',NULL);
INSERT INTO fact VALUES(2,'00000000000000000000000000000006','{"kind":"ticket_issued","ticket":"00000000000000000000000000000005","day":"2026-11-24","service":"card","group":"social","prefix":"A","lane":null,"n":4,"ticket_class":"ordinary","offline":false}',1795482000001000,10001000,'bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb',NULL);
INSERT INTO fact VALUES(3,'00000000000000000000000000000009','{"kind":"ticket_issued","ticket":"00000000000000000000000000000008","day":"2026-11-24","service":"card","group":"social","prefix":"A","lane":null,"n":7,"ticket_class":"ordinary","offline":false}',1795482000002000,10002000,'bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb',NULL);
INSERT INTO fact VALUES(4,'0000000000000000000000000000000b','{"kind":"slip_printed","ticket":"00000000000000000000000000000002","outcome":"printed","copy_no":1}',1795482000003000,10003000,'bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb',NULL);
INSERT INTO fact VALUES(5,'0000000000000000000000000000000c','{"kind":"health_changed","device":"kiosk-1","part":"printer","state":"fault","problem":"缺纸","advice":"请换纸","paper":""}',1795482000004000,10004000,'bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb',NULL);
INSERT INTO fact VALUES(6,'0000000000000000000000000000000e','{"kind":"ticket_issued","ticket":"0000000000000000000000000000000d","day":"2026-11-24","service":"card","group":"social","prefix":"B","lane":null,"n":1,"ticket_class":"ordinary","offline":false}',1795482000005000,10005000,'bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb',NULL);
CREATE TABLE high (
            day TEXT NOT NULL,
            prefix TEXT NOT NULL,
            form TEXT NOT NULL CHECK (form IN ('plan', 'lane')),
            n INTEGER NOT NULL,
            PRIMARY KEY (day, prefix, form)
        ) STRICT, WITHOUT ROWID;
INSERT INTO high VALUES('2026-11-24','A','plan',50);
INSERT INTO high VALUES('2026-11-24','B','plan',1);
CREATE TABLE holder (
            ticket TEXT PRIMARY KEY,
            token TEXT NOT NULL,
            masked_name TEXT NOT NULL
        ) STRICT;
INSERT INTO holder VALUES('00000000000000000000000000000002','5555555555555555555555555555555555555555555555555555555555555555','王*');
INSERT INTO holder VALUES('00000000000000000000000000000005','5555555555555555555555555555555555555555555555555555555555555555','王*');
INSERT INTO holder VALUES('00000000000000000000000000000008','5555555555555555555555555555555555555555555555555555555555555555','王*');
INSERT INTO holder VALUES('00000000000000000000000000000032','5555555555555555555555555555555555555555555555555555555555555555','');
INSERT INTO holder VALUES('0000000000000000000000000000000d','5555555555555555555555555555555555555555555555555555555555555555','王*');
CREATE TABLE print_job (
            id TEXT PRIMARY KEY,
            ticket TEXT NOT NULL,
            copy_no INTEGER NOT NULL CHECK (copy_no > 0),
            state TEXT NOT NULL CHECK (state IN ('issued', 'sent', 'printed', 'unknown', 'failed')),
            slip TEXT NOT NULL,
            wall_us INTEGER NOT NULL,
            UNIQUE (ticket, copy_no)
        ) STRICT;
INSERT INTO print_job VALUES('00000000000000000000000000000004','00000000000000000000000000000002',1,'printed','{"number": "A001"}',1795482000000000);
INSERT INTO print_job VALUES('00000000000000000000000000000007','00000000000000000000000000000005',1,'sent','{"number": "A004"}',1795482000001000);
INSERT INTO print_job VALUES('0000000000000000000000000000000a','00000000000000000000000000000008',1,'issued','{"number": "A007"}',1795482000002000);
INSERT INTO print_job VALUES('0000000000000000000000000000000f','0000000000000000000000000000000d',1,'issued','{"number": "B001"}',1795482000005000);
CREATE TABLE ticket (
            id TEXT PRIMARY KEY,
            own INTEGER NOT NULL CHECK (own IN (0, 1)),
            day TEXT NOT NULL,
            prefix TEXT NOT NULL,
            lane INTEGER,
            n INTEGER NOT NULL CHECK (n > 0),
            group_id TEXT NOT NULL,
            live INTEGER NOT NULL CHECK (live IN (0, 1)),
            body TEXT NOT NULL
        , heard INTEGER NOT NULL DEFAULT 1 CHECK (heard IN (0, 1))) STRICT;
INSERT INTO ticket VALUES('00000000000000000000000000000002',1,'2026-11-24','A',NULL,1,'social',1,'{"id":"00000000000000000000000000000002","day":"2026-11-24","service":"card","group":"social","prefix":"A","lane":null,"n":1,"issuer_lane":2,"issuer_seq":1,"ticket_class":"ordinary","issued_at":1795482000000000,"effective_at":1795482000000000,"state":"called","window":1,"calls":1,"returns":0,"called_at":1795482000000000,"started_at":null,"ended_at":null,"changed_at":1795482000000000,"flags":[]}',1);
INSERT INTO ticket VALUES('00000000000000000000000000000005',1,'2026-11-24','A',NULL,4,'social',1,'{"id":"00000000000000000000000000000005","day":"2026-11-24","service":"card","group":"social","prefix":"A","lane":null,"n":4,"issuer_lane":2,"issuer_seq":2,"ticket_class":"ordinary","issued_at":1795482000001000,"effective_at":1795482000001000,"state":"waiting","window":null,"calls":0,"returns":0,"called_at":null,"started_at":null,"ended_at":null,"changed_at":1795482000001000,"flags":[]}',1);
INSERT INTO ticket VALUES('00000000000000000000000000000008',1,'2026-11-24','A',NULL,7,'social',1,'{"id":"00000000000000000000000000000008","day":"2026-11-24","service":"card","group":"social","prefix":"A","lane":null,"n":7,"issuer_lane":2,"issuer_seq":3,"ticket_class":"ordinary","issued_at":1795482000002000,"effective_at":1795482000002000,"state":"waiting","window":null,"calls":0,"returns":0,"called_at":null,"started_at":null,"ended_at":null,"changed_at":1795482000002000,"flags":[]}',0);
INSERT INTO ticket VALUES('00000000000000000000000000000032',0,'2026-11-24','A',NULL,50,'social',1,'{"id":"00000000000000000000000000000032","day":"2026-11-24","service":"card","group":"social","prefix":"A","lane":null,"n":50,"issuer_lane":5,"issuer_seq":1,"ticket_class":"ordinary","issued_at":1795482000000000,"effective_at":1795482000000000,"state":"waiting","window":null,"calls":0,"returns":0,"called_at":null,"started_at":null,"ended_at":null,"changed_at":1795482000000000,"flags":[]}',1);
INSERT INTO ticket VALUES('0000000000000000000000000000000d',1,'2026-11-24','B',NULL,1,'social',1,'{"id":"0000000000000000000000000000000d","day":"2026-11-24","service":"card","group":"social","prefix":"B","lane":null,"n":1,"issuer_lane":2,"issuer_seq":6,"ticket_class":"ordinary","issued_at":1795482000005000,"effective_at":1795482000005000,"state":"waiting","window":null,"calls":0,"returns":0,"called_at":null,"started_at":null,"ended_at":null,"changed_at":1795482000005000,"flags":[]}',0);
CREATE INDEX ticket_live ON ticket (live, group_id);
CREATE UNIQUE INDEX ticket_number ON ticket (day, prefix, coalesce(lane, -1), n);
pragma user_version=4;
pragma application_id=1331121201;
COMMIT TRANSACTION;
